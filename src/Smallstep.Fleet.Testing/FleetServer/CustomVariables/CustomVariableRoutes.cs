using Smallstep.Fleet.Variables;

namespace Smallstep.Fleet.Testing;

/// <summary>Custom variables; their values never come back.</summary>
internal sealed class CustomVariableRoutes(FleetDatabase data)
{
    private const string Prefix = "FLEET_SECRET_";
    private static readonly string[] Keys = ["name", "id"];

    public void Register(ApiRouter router)
    {
        router.Add("GET", "/custom_variables", List);
        router.Add("POST", "/custom_variables", Create);
        router.Add("DELETE", "/custom_variables/{id}", Delete);
        router.Add("PUT", "/spec/secret_variables", Spec);
    }

    private ApiResult List(FleetCall call)
    {
        call.RequireSomewhere(Permission.ReadVariables);
        Paging paging = Paging.Read(call, Keys);
        (IReadOnlyList<CustomVariableRecord> page, bool hasNext) = paging.Cut(data.Variables, (variable, key) => key == "id" ? variable.Id : variable.Name, variable => variable.Name);
        return ApiResult.Object(writer =>
        {
            writer.WriteArray("custom_variables", page, variable =>
            {
                writer.WriteStartObject();
                writer.WriteNumber("id", variable.Id);
                writer.WriteString("name", variable.Name);
                writer.WriteTime("updated_at", variable.UpdatedAt);
                writer.WriteEndObject();
            });
            writer.WriteMeta(hasNext, paging.Page > 0);
            writer.WriteNumber("count", data.Variables.Count);
        });
    }

    private ApiResult Create(FleetCall call)
    {
        call.Require(Permission.WriteVariables);
        RequirePrivateKey();
        string name = call.Body.Text("name") ?? "";
        string value = call.Body.Text("value") ?? "";
        Check(name, value);
        if (data.Variables.Any(variable => variable.Name == name))
        {
            throw ApiError.Exists($"SecretVariable {name} already exists");
        }

        var added = new CustomVariableRecord { Id = data.NextId(), Name = name, Value = new Secret(value), UpdatedAt = data.Now };
        data.Variables.Add(added);
        return ApiResult.Object(writer =>
        {
            writer.WriteNumber("id", added.Id);
            writer.WriteString("name", added.Name);
        });
    }

    private void RequirePrivateKey()
    {
        if (!data.Options.HasPrivateKey)
        {
            throw ApiError.Bad("Couldn't save secret variables. Missing required private key. Learn how to configure the private key here: https://fleetdm.com/learn-more-about/fleet-server-private-key");
        }
    }

    private static void Check(string name, string value)
    {
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'))
        {
            throw ApiError.Invalid("name", $"secret variable with invalid format: {name}");
        }

        if (name.Length > 255)
        {
            throw ApiError.Invalid("name", $"secret variable name is too long: {name}");
        }

        if (value.Length == 0)
        {
            throw ApiError.Invalid("value", "secret variable value cannot be empty");
        }
    }

    private ApiResult Delete(FleetCall call)
    {
        call.Require(Permission.WriteVariables);
        long id = call.Id();
        CustomVariableRecord variable = data.Variables.FirstOrDefault(v => v.Id == id) ?? throw ApiError.NotFound($"SecretVariable {id} was not found in the datastore");
        string? user = data.Profiles.FirstOrDefault(profile => Uses(profile.Text, variable))?.Name
            ?? data.Assets.FirstOrDefault(asset => Uses(asset.Text, variable))?.Name
            ?? data.Scripts.FirstOrDefault(script => Uses(script.Contents, variable))?.Name;
        if (user is not null)
        {
            throw ApiError.Conflict($"Couldn't delete. {variable.Name} is used by \"{user}\". Please remove it first.");
        }

        data.Variables.Remove(variable);
        return ApiResult.Empty();
    }

    private static bool Uses(string text, CustomVariableRecord variable) => SecretVariables.Find(text).Contains(variable.Name);

    private ApiResult Spec(FleetCall call)
    {
        call.Require(Permission.WriteVariables);
        RequirePrivateKey();
        var listed = new List<(string Name, string Value)>();
        foreach (RequestBody item in call.Body.Objects("secrets") ?? [])
        {
            string name = item.Text("name") ?? "";
            name = name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name;
            Check(name, item.Text("value") ?? "");
            listed.Add((name, item.Text("value")!));
        }

        if (call.Body.Flag("dry_run") != true)
        {
            foreach ((string name, string value) in listed)
            {
                if (data.Variables.FirstOrDefault(variable => variable.Name == name) is { } stored)
                {
                    stored.Value = new Secret(value);
                    stored.UpdatedAt = data.Now;
                }
                else
                {
                    data.Variables.Add(new CustomVariableRecord { Id = data.NextId(), Name = name, Value = new Secret(value), UpdatedAt = data.Now });
                }
            }
        }

        return ApiResult.Empty();
    }
}
