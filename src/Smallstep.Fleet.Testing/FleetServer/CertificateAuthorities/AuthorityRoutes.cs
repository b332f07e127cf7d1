using System.Text.Json;

namespace Smallstep.Fleet.Testing;

/// <summary>Certificate authorities, one at a time.</summary>
internal sealed class AuthorityRoutes(FleetDatabase data, OutboundClient outbound)
{
    private const string AddPrefix = "Couldn't add certificate authority. ";
    private const string EditPrefix = "Couldn't edit certificate authority. ";

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/certificate_authorities", List);
        router.AddAsync("POST", "/certificate_authorities", CreateAsync);
        router.Add("GET", "/certificate_authorities/{id}", Get);
        router.AddAsync("PATCH", "/certificate_authorities/{id}", PatchAsync);
        router.Add("DELETE", "/certificate_authorities/{id}", Delete);
        router.Add("POST", "/certificate_authorities/{id}/request_certificate", RequestCertificate);
    }

    public static void Write(Utf8JsonWriter writer, AuthorityRecord authority, bool withSecrets, bool withIdentity = true)
    {
        AuthorityKind kind = AuthorityKind.Of(authority.Type);
        writer.WriteStartObject();
        if (withIdentity)
        {
            writer.WriteNumber("id", authority.Id);
            writer.WriteString("type", authority.Type);
        }

        writer.WriteString("name", authority.Name);
        foreach (string field in kind.Fields)
        {
            writer.WriteString(field, field == kind.SecretField && !withSecrets ? AuthorityKind.Mask : authority.Field(field));
        }

        if (kind.Type == "digicert")
        {
            writer.WriteStrings("certificate_user_principal_names", authority.PrincipalNames);
        }

        if (withIdentity)
        {
            writer.WriteTime("created_at", authority.CreatedAt);
            writer.WriteTime("updated_at", authority.UpdatedAt);
        }

        writer.WriteEndObject();
    }

    private void Authorize(FleetCall call, Permission permission)
    {
        if (permission == Permission.ReadAuthorities)
        {
            call.RequireSomewhere(permission);
        }
        else
        {
            call.Require(permission);
        }

        call.RequirePremium();
        if (!data.Capabilities.SmallstepCertificateAuthorities)
        {
            throw ApiError.NotFound("Resource Not Found");
        }
    }

    private ApiResult List(FleetCall call)
    {
        Authorize(call, Permission.ReadAuthorities);
        return ApiResult.Object(writer => writer.WriteArray("certificate_authorities", data.Authorities.OrderBy(a => a.Name, StringComparer.OrdinalIgnoreCase), authority =>
        {
            writer.WriteStartObject();
            writer.WriteNumber("id", authority.Id);
            writer.WriteString("name", authority.Name);
            writer.WriteString("type", authority.Type);
            writer.WriteEndObject();
        }));
    }

    private ApiResult Get(FleetCall call)
    {
        Authorize(call, Permission.ReadAuthorities);
        AuthorityRecord authority = Find(call) ?? throw ApiError.NotFound($"Certificate authority with ID {call.Id()} was not found in the datastore");
        return ApiResult.Json(writer => Write(writer, authority, withSecrets: false));
    }

    private AuthorityRecord? Find(FleetCall call)
    {
        long id = call.Id();
        return data.Authorities.FirstOrDefault(authority => authority.Id == id);
    }

    private async Task<ApiResult> CreateAsync(FleetCall call)
    {
        var rules = new AuthorityRules(outbound, AddPrefix, field => field);
        (AuthorityKind kind, AuthorityRecord authority) = data.Locked(() =>
        {
            Authorize(call, Permission.WriteAuthorities);
            RequirePrivateKey(rules);
            (AuthorityKind kind, RequestBody payload) = AuthorityReader.Single(call.Body, rules, "created");
            AuthorityRecord draft = AuthorityReader.Read(kind, payload, data);
            rules.CheckFields(kind, draft);
            return (kind, draft);
        });
        await rules.CheckScepAsync(kind, authority, call.Aborted).ConfigureAwait(false);
        await rules.CheckChallengeAsync(kind, authority, call.Aborted).ConfigureAwait(false);
        return data.Locked(() =>
        {
            if (IsTaken(kind, authority.Name, null))
            {
                throw rules.Bad($"\"{authority.Name}\" name is already used by another {kind.Title} certificate authority. Please choose a different name and try again.");
            }

            data.Authorities.Add(authority);
            call.Log($"added_{ActivityName(kind)}", ("name", authority.Name));
            return ApiResult.Object(writer =>
            {
                writer.WriteNumber("id", authority.Id);
                writer.WriteString("name", authority.Name);
                writer.WriteString("type", authority.Type);
            });
        });
    }

    internal static string ActivityName(AuthorityKind kind) => kind.IsNdes ? "ndes_scep_proxy" : kind.Type;

    private void RequirePrivateKey(AuthorityRules rules)
    {
        if (!data.Options.HasPrivateKey)
        {
            throw rules.Bad("Private key must be configured. Learn more: https://fleetdm.com/learn-more-about/fleet-server-private-key");
        }
    }

    private bool IsTaken(AuthorityKind kind, string name, AuthorityRecord? self) => data.Authorities.Any(other =>
        other != self && other.Type == kind.Type && string.Equals(other.Name, name, StringComparison.OrdinalIgnoreCase));

    private async Task<ApiResult> PatchAsync(FleetCall call)
    {
        var rules = new AuthorityRules(outbound, EditPrefix, field => field);
        (AuthorityRecord stored, AuthorityKind kind, AuthorityRecord merged, HashSet<string> changed) = data.Locked(() => Merge(call, rules));
        if (changed.Contains("url"))
        {
            await rules.CheckScepAsync(kind, merged, call.Aborted).ConfigureAwait(false);
        }

        if (changed.Overlaps(["challenge_url", "admin_url", "username", "password"]))
        {
            await rules.CheckChallengeAsync(kind, merged, call.Aborted).ConfigureAwait(false);
        }

        return data.Locked(() =>
        {
            // Fleet's check does not spare the authority itself: its own name counts as taken.
            if (changed.Contains("name") && IsTaken(kind, merged.Name, null))
            {
                throw ApiError.Conflict("a certificate authority with this name already exists");
            }

            stored.Name = merged.Name;
            stored.UpdatedAt = call.Now;
            foreach ((string field, string value) in merged.Fields)
            {
                stored.Fields[field] = value;
            }

            call.Log($"edited_{ActivityName(kind)}", ("name", stored.Name));
            return ApiResult.Empty();
        });
    }

    private (AuthorityRecord Stored, AuthorityKind Kind, AuthorityRecord Merged, HashSet<string> Changed) Merge(FleetCall call, AuthorityRules rules)
    {
        Authorize(call, Permission.WriteAuthorities);
        RequirePrivateKey(rules);
        AuthorityRecord stored = Find(call) ?? throw rules.Bad($"Certificate authority with ID {call.Id()} does not exist.");
        (AuthorityKind kind, RequestBody payload) = AuthorityReader.Single(call.Body, rules, "edited");
        if (kind.Type != stored.Type)
        {
            throw rules.Bad("The certificate authority types must be the same.");
        }

        string title = kind.IsSmallstep ? "Smallstep SCEP Proxy" : kind.Title;
        HashSet<string> changed = [.. kind.Fields.Append("name").Where(payload.Has)];
        if (changed.Count == 0 && !payload.Has("certificate_user_principal_names"))
        {
            throw rules.Bad($"{title} CA update payload is empty");
        }

        var merged = new AuthorityRecord { Id = stored.Id, Type = stored.Type, Name = stored.Name, CreatedAt = stored.CreatedAt, UpdatedAt = call.Now, Fields = new(stored.Fields, StringComparer.Ordinal) };
        Fill(merged, kind, payload, changed, rules, title);
        if (changed.Overlaps(kind.GuardedFields) && !changed.Contains(kind.SecretField))
        {
            string fields = kind.GuardedFields.Count == 1 ? $"\"{kind.GuardedFields[0]}\""
                : string.Join(", ", kind.GuardedFields.SkipLast(1).Select(f => $"\"{f}\"")) + $", or \"{kind.GuardedFields[^1]}\"";
            throw rules.Invalid(kind.SecretField, $"\"{kind.SecretField}\" must be set when modifying {fields} of an existing certificate authority: {stored.Name}");
        }

        return (stored, kind, merged, changed);
    }

    private void Fill(AuthorityRecord merged, AuthorityKind kind, RequestBody payload, HashSet<string> changed, AuthorityRules rules, string title)
    {
        if (changed.Contains("name"))
        {
            merged.Name = AuthorityRules.Clean(payload.Text("name"));
            rules.CheckName(merged.Name);
        }

        foreach (string field in changed.Where(field => field != "name"))
        {
            merged.Fields[field] = field == kind.SecretField ? payload.Text(field)! : AuthorityRules.Clean(payload.Text(field));
            // Only NDES refuses the mask here (4.92); Smallstep's goes to the webhook as it is, and fails there.
            bool isMask = kind.IsNdes && field == "password" && merged.Fields[field] == AuthorityKind.Mask && data.Version >= new FleetVersion(4, 92);
            if ((field is "username" or "password" && merged.Fields[field].Length == 0) || isMask)
            {
                throw rules.Bad($"{title} {field} cannot be empty");
            }
        }

        if (changed.Contains("url"))
        {
            rules.CheckUrl(kind, merged.Field("url"));
        }
    }

    private ApiResult Delete(FleetCall call)
    {
        Authorize(call, Permission.WriteAuthorities);
        AuthorityRecord authority = Find(call) ?? throw ApiError.NotFound($"Certificate authority with ID {call.Id()} was not found in the datastore");
        if (data.CertificateTemplates.Any(template => template.AuthorityId == authority.Id))
        {
            throw !data.Capabilities.AppleSettingsKeys ? ApiError.Invalid("certificate_authorities", "foreign key constraint") : ApiError.Conflict("Couldn't delete certificate authority. Certificate templates still reference it. Please remove the certificate templates first.");
        }

        data.Authorities.Remove(authority);
        call.Log($"deleted_{ActivityName(AuthorityKind.Of(authority.Type))}", ("name", authority.Name));
        return ApiResult.NoContent();
    }

    private ApiResult RequestCertificate(FleetCall call)
    {
        Authorize(call, Permission.WriteAuthorities);
        _ = Find(call) ?? throw ApiError.NotFound("Certificate authority was not found in the datastore");
        throw ApiError.Bad("This API currently only supports Hydrant and EST Certificate Authorities.");
    }
}
