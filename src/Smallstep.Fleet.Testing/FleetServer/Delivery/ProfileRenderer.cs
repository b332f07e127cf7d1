using System.Security.Cryptography;
using System.Text;
using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Testing;

/// <summary>Fills in a profile for a host, as Fleet does at delivery.</summary>
internal sealed class ProfileRenderer(FleetDatabase data, OutboundClient outbound)
{
    /// <summary>Takes what a rendering needs out of the state; called while it is locked.</summary>
    /// <param name="host">The host.</param>
    /// <param name="row">What Fleet knows of the profile on it.</param>
    /// <param name="profile">The profile.</param>
    /// <param name="hostCount">How many hosts have this host's UUID.</param>
    public RenderJob Prepare(HostRecord host, HostProfile row, ProfileRecord profile, int hostCount)
    {
        string text = Encoding.UTF8.GetString(profile.Contents);
        List<(string Variable, FleetVariable Known)> variables = [.. VariableFinder.Find(text)
            .Select(name => (name, VariableCatalog.Find(name)))
            .Where(pair => pair.Item2?.Authority is not null)
            .Select(pair => (pair.name, pair.Item2!))];
        List<(string Variable, AuthorityRecord Authority)> known = [.. variables
            .Where(pair => !host.IsWindows || pair.Known.Authority != Variables.AuthorityKind.Smallstep || data.Options.SmallstepVariablesOnWindows)
            .Select(pair => (pair.Variable, Authority(pair.Known, pair.Variable)))
            .Where(pair => pair.Item2 is not null)
            .Select(pair => (pair.Variable, pair.Item2!))];
        string? proxyChallenge = known.Any(pair => pair.Authority.Type == "custom_scep_proxy") ? NewProxyChallenge() : null;
        return new RenderJob(host, row, profile, text, profile.Revision)
        {
            Context = Context(host, profile, proxyChallenge) with { HostCount = hostCount },
            Challenges = [.. known.Where(pair => pair.Variable.Contains("_CHALLENGE", StringComparison.Ordinal))],
            Authority = known.Select(pair => pair.Authority).FirstOrDefault(),
        };
    }

    /// <summary>Fetches the challenges and renders; talks to authorities, so the state is not locked.</summary>
    public async Task<DeliveryResult> RenderAsync(RenderJob job, CancellationToken cancellationToken)
    {
        var challenges = new Dictionary<string, Secret>(StringComparer.Ordinal);
        var errors = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach ((string variable, AuthorityRecord authority) in job.Challenges)
        {
            try
            {
                challenges[variable] = authority.Type switch
                {
                    "smallstep" => await outbound.FetchSmallstepChallengeAsync(authority, cancellationToken).ConfigureAwait(false),
                    "ndes_scep_proxy" => await outbound.FetchNdesChallengeAsync(authority, cancellationToken).ConfigureAwait(false),
                    _ => new Secret(authority.Field("challenge")),
                };
            }
            catch (HttpRequestException e)
            {
                errors[variable] = e.Message;
            }
        }

        DeliveryContext context = job.Context with { Challenges = challenges, ChallengeErrors = errors };
        DeliveryResult result = job.IsWindows ? ProfileDelivery.DeployWindows(job.Text, context) : ProfileDelivery.DeployApple(job.Text, context);
        return result.Ok ? ExpandVitals(job.Host, ExpandSecrets(result)) : result;
    }

    private DeliveryResult ExpandSecrets(DeliveryResult result)
    {
        try
        {
            return result with { Contents = SecretVariables.Expand(result.Contents, name => data.Locked(() => data.SecretValue(name))) };
        }
        catch (VariableException e)
        {
            return new DeliveryResult(false, "", e.Message);
        }
    }

    // After the secrets, so that the value of a host cannot ask for one.
    private DeliveryResult ExpandVitals(HostRecord host, DeliveryResult result)
    {
        if (!result.Ok || data.Version < CustomHostVitalRoutes.Since)
        {
            return result;
        }

        return data.Locked(() =>
        {
            KeyValuePair<int, string>[] missing = [.. HostVitalVariables.Find(result.Contents)
                .Where(id => data.VitalOf(host, id) is null)
                .Select(id => KeyValuePair.Create(id, data.CustomHostVitals.FirstOrDefault(vital => vital.Id == id)?.Name ?? ""))];
            return missing.Length > 0
                ? new DeliveryResult(false, "", HostVitalVariables.NoValueMessage(missing))
                : result with { Contents = HostVitalVariables.Expand(result.Contents, id => data.VitalOf(host, id)) };
        });
    }

    private AuthorityRecord? Authority(FleetVariable variable, string name) => variable.Authority switch
    {
        Variables.AuthorityKind.Smallstep => data.Authority("smallstep", variable.AuthorityNameOf(name)),
        Variables.AuthorityKind.CustomScep => data.Authority("custom_scep_proxy", variable.AuthorityNameOf(name)),
        Variables.AuthorityKind.Ndes => data.Authorities.FirstOrDefault(authority => authority.Type == "ndes_scep_proxy"),
        _ => null,
    };

    private string NewProxyChallenge()
    {
        string challenge = Convert.ToBase64String(RandomNumberGenerator.GetBytes(24)).Replace('+', '-').Replace('/', '_');
        data.ProxyChallenges.Add(challenge);
        return challenge;
    }

    private DeliveryContext Context(HostRecord host, ProfileRecord profile, string? proxyChallenge)
    {
        HostEndUser? user = host.Facts.EndUser;
        return new DeliveryContext
        {
            HostUuid = host.Facts.Uuid,
            HardwareSerial = host.Facts.HardwareSerial,
            Platform = host.Facts.Platform,
            IdpUser = user is null ? null : new DeliveryIdpUser { UserName = user.UserName, FullName = user.FullName, Department = user.Department, Groups = user.Groups },
            IdpEmails = user is { Email.Length: > 0 } ? [user.Email] : [],
            ProfileUuid = profile.Uuid,
            MdmUrl = data.ServerUrl,
            CertificateAuthorities = data.AuthorityNames(),
            ProxyChallenge = proxyChallenge is null ? null : new Secret(proxyChallenge),
            IsPremium = data.Options.IsPremium,
            FleetVersion = data.Version,
            SmallstepVariablesOnWindows = data.Options.SmallstepVariablesOnWindows,
        };
    }
}
