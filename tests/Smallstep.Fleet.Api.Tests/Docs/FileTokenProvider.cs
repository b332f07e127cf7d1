namespace Smallstep.Fleet.Api.Tests;

/// <summary>The example of a token that is rotated outside of the program.</summary>
internal sealed class FileTokenProvider(string path) : IFleetTokenProvider
{
    private volatile Secret? _token;

    public async ValueTask<Secret> GetTokenAsync(Secret? rejected, CancellationToken cancellationToken)
    {
        if (_token is null || _token.Equals(rejected))
        {
            _token = new Secret((await File.ReadAllTextAsync(path, cancellationToken)).Trim());
        }

        return _token;
    }
}
