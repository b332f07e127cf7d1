namespace Smallstep.Fleet.Testing;

/// <summary>All endpoints of the simulated API.</summary>
internal static class FleetRoutes
{
    public static void Register(ApiRouter router, FleetDatabase data, OutboundClient outbound)
    {
        var hosts = new HostRoutes(data);
        new SessionRoutes(data).Register(router);
        new UserRoutes(data, router).Register();
        new SettingsRoutes(data).Register(router);
        new LogoRoutes(data).Register(router);
        new TeamRoutes(data).Register(router);
        hosts.Register(router);
        new HostActionRoutes(data).Register(router);
        new HostInventoryRoutes(data).Register(router);
        new LabelRoutes(data, hosts).Register(router);
        new AuthorityRoutes(data, outbound).Register(router);
        new AuthoritySpecRoutes(data, outbound).Register(router);
        new ActivityRoutes(data).Register(router);
        new ResendRoutes(data).Register(router);
        new ProfileBatchRoutes(data).Register(router);
        new ProfileRoutes(data).Register(router);
        new AssetRoutes(data).Register(router);
        new CommandRoutes(data).Register(router);
        new PackageRoutes(data).Register(router);
        new SoftwareBatchRoutes(data, outbound).Register(router);
        new TitleRoutes(data).Register(router);
        new AppStoreRoutes(data).Register(router);
        new MaintainedAppRoutes(data).Register(router);
        new SetupSoftwareRoutes(data).Register(router);
        new SetupFileRoutes(data).Register(router);
        new CertificateTemplateRoutes(data).Register(router);
        new InstallRoutes(data).Register(router);
        new ScriptRunRoutes(data).Register(router);
        new ScriptRoutes(data).Register(router);
        new CustomVariableRoutes(data).Register(router);
        new CustomHostVitalRoutes(data).Register(router);
        new MicrosoftGraphRoutes(data).Register(router);
        new QueryRoutes(data).Register(router);
        new QueryResultRoutes(data).Register(router);
        new TeamSpecRoutes(data).Register(router);
        new PolicyRoutes(data).Register(router);
        new EnrollSecretRoutes(data).Register(router);
    }
}
