namespace Smallstep.Fleet.Api.Tests;

/// <summary>Multipart bodies: fields first, the file last, names as Go reads them.</summary>
public sealed class MultipartTests
{
    [Fact]
    public async Task UploadProfile_WithLabels_SendsParts()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "configuration_profiles", """{"profile_uuid":"a4d2"}""");

        string uuid = await fleet.Client.Profiles.UploadAsync(new() { FileName = "Zoë \"x\" a\\b.mobileconfig", Contents = "<plist/>"u8.ToArray(), TeamId = 3, LabelsIncludeAny = ["A", "B"], LabelsExcludeAny = ["C"] });

        uuid.Should().Be("a4d2");
        fleet.Last.ContentType.Should().StartWith("multipart/form-data; boundary=");
        fleet.Last.Parts().Should().Equal(
            "Content-Disposition: form-data; name=\"team_id\"\r\n\r\n3",
            "Content-Disposition: form-data; name=\"labels_include_any\"\r\n\r\nA",
            "Content-Disposition: form-data; name=\"labels_include_any\"\r\n\r\nB",
            "Content-Disposition: form-data; name=\"labels_exclude_any\"\r\n\r\nC",
            "Content-Disposition: form-data; name=\"profile\"; filename=\"Zoë \\\"x\\\" a\\\\b.mobileconfig\"\r\nContent-Type: application/octet-stream\r\n\r\n<plist/>");
    }

    [Fact]
    public async Task ReplaceProfile_LabelsOnly_SendsNoFile()
    {
        using var fleet = new FleetFixture();
        fleet.On("PATCH", "configuration_profiles/a4d2", "");

        string uuid = await fleet.Client.Profiles.ReplaceAsync("a4d2", new() { LabelsIncludeAll = ["A"] });

        uuid.Should().Be("a4d2", "an answer without the UUID means that it stayed");
        fleet.Last.Parts().Should().Equal("Content-Disposition: form-data; name=\"labels_include_all\"\r\n\r\nA");
    }

    [Fact]
    public async Task ReplaceProfile_EmptyLists_AreOneEmptyField()
    {
        using var fleet = new FleetFixture();
        fleet.On("PATCH", "configuration_profiles/a4d2", "").On("PATCH", "configuration_profiles/a4d2", "");

        await fleet.Client.Profiles.ReplaceAsync("a4d2", new() { LabelsIncludeAll = [], LabelsIncludeAny = [], LabelsExcludeAny = [] });
        await fleet.Client.Profiles.ReplaceAsync("a4d2", new() { LabelsIncludeAll = [], LabelsIncludeAny = ["A"] });

        fleet.Requests[0].Parts().Should().Equal("Content-Disposition: form-data; name=\"labels_include_all\"\r\n\r\n");
        fleet.Requests[1].Parts().Should().Equal("Content-Disposition: form-data; name=\"labels_include_any\"\r\n\r\nA");
    }

    [Fact]
    public async Task ReplaceProfile_Activation_IsAFileOrAnEmptyField()
    {
        using var fleet = new FleetFixture();
        fleet.On("PATCH", "configuration_profiles/d4", "").On("PATCH", "configuration_profiles/d4", "");

        await fleet.Client.Profiles.ReplaceAsync("d4", new() { FileName = "d.json", Contents = "{}"u8.ToArray(), Activation = "[1]"u8.ToArray() });
        await fleet.Client.Profiles.ReplaceAsync("d4", new() { Activation = ReadOnlyMemory<byte>.Empty });

        fleet.Requests[0].Parts().Should().Equal(
            "Content-Disposition: form-data; name=\"activation\"; filename=\"activation.json\"\r\nContent-Type: application/octet-stream\r\n\r\n[1]",
            "Content-Disposition: form-data; name=\"profile\"; filename=\"d.json\"\r\nContent-Type: application/octet-stream\r\n\r\n{}");
        fleet.Requests[1].Parts().Should().Equal("Content-Disposition: form-data; name=\"activation\"\r\n\r\n");
    }

    [Fact]
    public async Task UploadAsset_Fleet_SendsParts()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "assets", """{"asset_uuid":"u1"}""");

        string uuid = await fleet.Client.Assets.UploadAsync(new("tasks", "{}"u8.ToArray()) { TeamId = 3 });

        uuid.Should().Be("u1");
        fleet.Last.Parts().Should().Equal(
            "Content-Disposition: form-data; name=\"fleet_id\"\r\n\r\n3",
            "Content-Disposition: form-data; name=\"asset\"; filename=\"tasks.json\"\r\nContent-Type: application/octet-stream\r\n\r\n{}");
    }

    [Fact]
    public async Task UploadPackage_Everything_SendsPartsAndProgress()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "software/package", """{"software_package":{"team_id":3,"title_id":77,"name":"a.pkg","installer_id":19,"hash_sha256":"9b1d","status":null,"labels_include_any":null}}""");
        var progress = new Collector();

        SoftwarePackage package = await fleet.Client.Software.UploadAsync(
            new()
            {
                FileName = "a.pkg",
                Content = new MemoryStream("12345"u8.ToArray()),
                TeamId = 3,
                InstallScript = "i",
                UninstallScript = "u",
                PreInstallQuery = "q",
                PostInstallScript = "p",
                SelfService = true,
                AutomaticInstall = true,
                LabelsIncludeAll = ["A"],
                Categories = ["Security"],
                EncodeScripts = true,
            },
            progress);

        package.TitleId.Should().Be(77);
        package.LabelsIncludeAny.Should().BeEmpty();
        progress.Values.Should().Equal(5);
        fleet.Last.Headers["X-Fleet-Scripts-Encoded"].Should().Be("base64");
        fleet.Last.Parts().Select(part => part.Replace("Content-Disposition: form-data; name=", "", StringComparison.Ordinal).Replace("\r\n\r\n", "=", StringComparison.Ordinal)).Should().Equal(
            "\"team_id\"=3", "\"install_script\"=aQ==", "\"uninstall_script\"=dQ==", "\"pre_install_query\"=q", "\"post_install_script\"=cA==",
            "\"self_service\"=true", "\"automatic_install\"=true", "\"labels_include_all\"=A", "\"categories\"=Security",
            "\"software\"; filename=\"a.pkg\"\r\nContent-Type: application/octet-stream=12345");
    }

    [Fact]
    public async Task EditPackage_OldAnswerKey_IsRead()
    {
        using var fleet = new FleetFixture();
        fleet.On("PATCH", "software/titles/77/package", """{"software_installer":{"name":"a.pkg"}}""");

        SoftwarePackage package = await fleet.Client.Software.EditAsync(77, new() { InstallerId = 19, SelfService = false });

        package.Name.Should().Be("a.pkg");
        fleet.Last.Parts().Should().Equal(
            "Content-Disposition: form-data; name=\"team_id\"\r\n\r\n0",
            "Content-Disposition: form-data; name=\"installer_id\"\r\n\r\n19",
            "Content-Disposition: form-data; name=\"self_service\"\r\n\r\nfalse");
    }

    [Fact]
    public async Task EditPackage_EmptyLists_AreSentToClear()
    {
        using var fleet = new FleetFixture();
        fleet.On("PATCH", "software/titles/77/package", """{"software_installer":{"name":"a.pkg"}}""");

        await fleet.Client.Software.EditAsync(77, new() { TeamId = 3, LabelsIncludeAny = [], Categories = [] });

        fleet.Last.Parts().Should().Equal(
            "Content-Disposition: form-data; name=\"team_id\"\r\n\r\n3",
            "Content-Disposition: form-data; name=\"labels_include_any\"\r\n\r\n",
            "Content-Disposition: form-data; name=\"categories\"\r\n\r\n");
    }

    [Fact]
    public async Task UploadSetupFiles_Each_SendsParts()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "bootstrap?dry_run=true").On("POST", "bootstrap").On("POST", "setup_experience/script").On("POST", "setup_experience/eula").On("POST", "setup_experience/eula?dry_run=true");

        await fleet.Client.SetupExperience.UploadBootstrapPackageAsync(3, "b.pkg", new MemoryStream("pkg"u8.ToArray()), dryRun: true);
        await fleet.Client.SetupExperience.UploadBootstrapPackageAsync(0, "b.pkg", new MemoryStream("pkg"u8.ToArray()));
        await fleet.Client.SetupExperience.UploadScriptAsync(new("setup.sh", "echo é", 3));
        await fleet.Client.SetupExperience.UploadLicenseAgreementAsync("eula.pdf", "%PDF-"u8.ToArray());
        await fleet.Client.SetupExperience.UploadLicenseAgreementAsync("eula.pdf", "%PDF-"u8.ToArray(), dryRun: true);

        const string File = "\r\nContent-Type: application/octet-stream\r\n\r\n";
        fleet.Requests[0].Parts().Should().Equal("Content-Disposition: form-data; name=\"team_id\"\r\n\r\n3", $"Content-Disposition: form-data; name=\"package\"; filename=\"b.pkg\"{File}pkg");
        fleet.Requests[1].Parts()[0].Should().EndWith("\r\n\r\n0");
        fleet.Requests[2].Parts().Should().Equal("Content-Disposition: form-data; name=\"team_id\"\r\n\r\n3", $"Content-Disposition: form-data; name=\"script\"; filename=\"setup.sh\"{File}echo é");
        fleet.Requests[3].Parts().Should().Equal($"Content-Disposition: form-data; name=\"eula\"; filename=\"eula.pdf\"{File}%PDF-");
        fleet.Requests.Should().HaveCount(5);
    }

    [Fact]
    public async Task UploadLogo_Bytes_SendsThePart()
    {
        using var fleet = new FleetFixture();
        fleet.On("PUT", "logo?mode=dark");

        await fleet.Client.Configuration.UploadLogoAsync(LogoMode.Dark, "acme.png", "png"u8.ToArray());

        fleet.Last.Parts().Should().Equal("Content-Disposition: form-data; name=\"logo\"; filename=\"acme.png\"\r\nContent-Type: application/octet-stream\r\n\r\npng");
    }

    [Fact]
    public async Task UploadScript_Utf8_SendsParts()
    {
        using var fleet = new FleetFixture();
        fleet.On("POST", "scripts", """{"script_id":9}""").On("PATCH", "scripts/9");

        (await fleet.Client.Scripts.UploadAsync(new("setup.sh", "echo é", 3))).Should().Be(9);
        await fleet.Client.Scripts.UpdateAsync(9, "setup.sh", "echo 2");

        fleet.Requests[0].Parts()[1].Should().EndWith("echo é");
        fleet.Requests[1].Parts().Should().ContainSingle().Which.Should().Contain("name=\"script\"; filename=\"setup.sh\"");
    }

    private sealed class Collector : IProgress<long>
    {
        public List<long> Values { get; } = [];

        public void Report(long value) => Values.Add(value);
    }
}
