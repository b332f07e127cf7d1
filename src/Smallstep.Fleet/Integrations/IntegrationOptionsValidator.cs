using Microsoft.Extensions.Options;

namespace Smallstep.Fleet;

/// <summary>Validates integration options: the range of each one, and all of them together.</summary>
public sealed class IntegrationOptionsValidator : IValidateOptions<IntegrationOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, IntegrationOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var result = new ValidateOptionsResultBuilder();
        foreach (Finding finding in IntegrationSpecFactory.Check(options))
        {
            result.AddError($"{finding.Id}: {finding.Message} {finding.Remedy}");
        }

        return result.Build();
    }
}
