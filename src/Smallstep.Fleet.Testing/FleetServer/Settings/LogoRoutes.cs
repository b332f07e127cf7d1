namespace Smallstep.Fleet.Testing;

/// <summary>Logos that the server keeps. Anyone may look at them; only a global administrator sets them.</summary>
internal sealed class LogoRoutes(FleetDatabase data)
{
    private static readonly FleetVersion First = new(4, 86);

    public void Register(ApiRouter router)
    {
        router.Add("PUT", "/logo", Put, route => route with { ReadsForm = true, Since = First });
        router.Add("DELETE", "/logo", Delete, route => route with { Since = First });
        router.Add("GET", "/logo", Get, route => route with { IsAnonymous = true, Since = First });
    }

    private ApiResult Put(FleetCall call)
    {
        string mode = Mode(call);
        UploadedFile file = call.Form.File("logo") ?? throw ApiError.Bad("missing 'logo' file in multipart form");
        if (file.Contents.Length > OrganizationLogos.MaxBytes)
        {
            throw ApiError.Bad("logo must be 100KB or less");
        }

        if (ImageType(file.Contents.Span) is null)
        {
            throw ApiError.Bad("logo must be a valid PNG, JPEG, or WebP image");
        }

        RequireGlobalAdmin(call);
        foreach (string one in Modes(mode))
        {
            data.Logos.Put(one, file.Contents);
        }

        call.Log("changed_org_logo", ("mode", mode));
        return ApiResult.Empty();
    }

    private ApiResult Delete(FleetCall call)
    {
        string mode = Mode(call);
        RequireGlobalAdmin(call);
        if (Modes(mode).Count(data.Logos.Delete) == 0)
        {
            throw ApiError.Bad("no org logo to delete for the given mode");
        }

        call.Log("deleted_org_logo", ("mode", mode));
        return ApiResult.Empty();
    }

    private ApiResult Get(FleetCall call)
    {
        string mode = call.Raw("mode") is { Length: > 0 } given ? given : throw ApiError.Bad("mode query parameter is required (light or dark)");
        if (mode is not ("light" or "dark"))
        {
            throw ApiError.Bad($"invalid mode \"{mode}\": must be 'light' or 'dark'");
        }

        ReadOnlyMemory<byte> file = data.Logos.Find(mode) ?? throw ApiError.NotFound("org logo was not found in the datastore");
        return ApiResult.Of(ImageType(file.Span)!, file);
    }

    private static string Mode(FleetCall call) => call.Raw("mode") switch
    {
        null or "" => "all",
        "light" or "dark" or "all" => call.Raw("mode")!,
        var other => throw ApiError.Bad($"invalid mode \"{other}\": must be 'light', 'dark', or 'all'"),
    };

    private static string[] Modes(string mode) => mode == "all" ? ["light", "dark"] : [mode];

    private static void RequireGlobalAdmin(FleetCall call)
    {
        if (call.User.GlobalRole != FleetRoles.Admin)
        {
            throw ApiError.Forbidden();
        }
    }

    // Told by the first bytes, not by the name or the type that was sent.
    private static string? ImageType(ReadOnlySpan<byte> file) =>
        file.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png"
        : file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : file.Length >= 12 && file.StartsWith("RIFF"u8) && file[8..].StartsWith("WEBP"u8) ? "image/webp"
        : null;
}
