namespace Smallstep.Fleet;

/// <summary>Reads plain options into domain values and collects what is wrong.</summary>
internal sealed class IntegrationOptionsReader
{
    private readonly List<Finding> _findings = [];

    public IReadOnlyList<Finding> Findings => _findings;

    public void Fail(string message) => _findings.Add(WorkflowRules.OptionInvalid.At(message));

    public string? Text(string option, string? value)
    {
        if (!string.IsNullOrWhiteSpace(value))
        {
            return value.Trim();
        }

        Fail($"{option} is missing.");
        return null;
    }

    public Uri? Address(string option, string? value, bool allowHttp)
    {
        if (Text(option, value) is not { } text)
        {
            return null;
        }

        // What is no address may be a secret in the wrong place, and user information is one: neither is repeated.
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? address) || address.Scheme is not ("https" or "http"))
        {
            Fail($"{option} is no https address: it has to begin with https://.");
            return null;
        }

        if (address.UserInfo.Length > 0)
        {
            Fail($"{option} carries a user name or a password; they have options of their own.");
            return null;
        }

        if (address.Scheme == "http" && !allowHttp)
        {
            Fail($"{option} '{text}' is not protected by TLS; use https, or set AllowHttp on a test network.");
            return null;
        }

        return address;
    }

    /// <summary>An address that something is appended to.</summary>
    public Uri? BaseAddress(string option, string? value, bool allowHttp)
    {
        Uri? address = Address(option, value, allowHttp);
        if (address is { Query.Length: > 0 } or { Fragment.Length: > 0 })
        {
            Fail($"{option} goes on after '{address.GetLeftPart(UriPartial.Path)}'; give the address without its query.");
            return null;
        }

        return address;
    }

    public IReadOnlyList<string> Names(string option, IEnumerable<string>? values)
    {
        string[] names = [.. (values ?? []).Select(value => value?.Trim() ?? "")];
        if (names.Contains(""))
        {
            Fail($"{option} holds an empty name.");
        }

        return names;
    }

    public CaName CaName(string? value)
    {
        try
        {
            return Smallstep.Fleet.CaName.Parse(value ?? "");
        }
        catch (FormatException problem)
        {
            Fail(problem.Message);
            return default;
        }
    }

    public TeamSlug? TeamSlug(string? value)
    {
        if (Text(nameof(IntegrationOptions.TeamSlug), value) is not { } text)
        {
            return null;
        }

        try
        {
            return Smallstep.Fleet.TeamSlug.Parse(text);
        }
        catch (FormatException problem)
        {
            Fail(problem.Message);
            return null;
        }
    }

    public T Word<T>(string option, string? value)
        where T : struct, Enum
    {
        // A number would be taken for a word too.
        if (Enum.GetNames<T>().FirstOrDefault(name => name.Equals(value?.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known)
        {
            return Enum.Parse<T>(known);
        }

        Fail($"{option} '{value}' is none of {string.Join(", ", Enum.GetNames<T>())}.");
        return default;
    }

    public IReadOnlyList<DevicePlatform> Platforms(IEnumerable<string>? values)
    {
        DevicePlatform[] platforms = [.. Names(nameof(IntegrationOptions.Platforms), values).Where(name => name.Length > 0).Select(DevicePlatform.Parse).Distinct()];
        foreach (DevicePlatform platform in platforms.Where(platform => !platform.IsSupported))
        {
            Fail($"Platforms: '{platform}' is none of {string.Join(", ", DevicePlatform.Supported)}.");
        }

        return platforms.Length == 0 ? DevicePlatform.Supported : platforms;
    }

    public ReadOnlyMemory<byte>? Certificate(string? pem, string? path)
    {
        try
        {
            if (!string.IsNullOrWhiteSpace(pem))
            {
                return RootCertificateReader.Read(System.Text.Encoding.UTF8.GetBytes(pem));
            }

            return Text(nameof(IntegrationOptions.RootCertificatePath), path) is { } file ? RootCertificateReader.ReadFile(file) : null;
        }
        catch (IntegrationException problem)
        {
            _findings.AddRange(problem.Findings);
            return null;
        }
    }
}
