using System.Text;
using Smallstep.Fleet.Testing;

namespace Smallstep.Fleet.Api.Tests;

public sealed partial class SocketTests
{
    [Fact]
    public async Task WindowsProfile_NameThatNeedsQuoting_IsKept()
    {
        const string Name = "Zoë's \"trust\" a\\b; c=d %22";
        byte[] contents = Encoding.UTF8.GetBytes("<Replace><Item><Target><LocURI>./Device/Vendor/MSFT/Policy/Config/System/AllowLocation</LocURI></Target><Meta><Format xmlns=\"syncml:metinf\">int</Format></Meta><Data>1</Data></Item></Replace>");
        long team = world.Fleet.AddTeam("Quoting");

        string uuid = await Fleet.Profiles.UploadAsync(new() { FileName = Name + ".xml", Contents = contents, TeamId = team });

        (await Fleet.Profiles.GetAsync(uuid)).Name.Should().Be(Name);
        (await Fleet.Profiles.DownloadAsync(uuid)).Should().Equal(contents);
    }

    [Fact]
    public async Task ReplaceProfile_EmptyLists_TakeTheLabelsAway()
    {
        long team = world.Fleet.AddTeam("Labelled");
        await Fleet.Labels.CreateAsync(new() { Name = "Replacing A" });
        await Fleet.Labels.CreateAsync(new() { Name = "Replacing B" });
        ProfileUpload upload = SocketWorld.Mobileconfig("labelled", team) with { LabelsIncludeAny = ["Replacing A"] };
        string uuid = await Fleet.Profiles.UploadAsync(upload);

        await Fleet.Profiles.ReplaceAsync(uuid, new() { FileName = upload.FileName, Contents = upload.Contents });
        (await Fleet.Profiles.GetAsync(uuid)).LabelsIncludeAny.Should().ContainSingle("nothing was said about labels");
        await Fleet.Profiles.ReplaceAsync(uuid, new() { LabelsIncludeAny = [], LabelsExcludeAny = ["Replacing B"] });
        ConfigurationProfile excluding = await Fleet.Profiles.GetAsync(uuid);
        await Fleet.Profiles.ReplaceAsync(uuid, new() { LabelsIncludeAll = [], LabelsIncludeAny = [], LabelsExcludeAny = [] });
        ConfigurationProfile bare = await Fleet.Profiles.GetAsync(uuid);

        (excluding.LabelsIncludeAny.Count, excluding.LabelsExcludeAny.Count).Should().Be((0, 1));
        (bare.LabelsIncludeAny.Count, bare.LabelsExcludeAny.Count).Should().Be((0, 0));
    }

    [Fact]
    public async Task Assets_OverASocket_Agree()
    {
        byte[] contents = Declaration("com.apple.asset.data", "com.example.one", """{"Reference":{"DataURL":"https://example.com/1"}}""");
        long team = world.Fleet.AddTeam("Assets");
        string uuid = await Fleet.Assets.UploadAsync(new("one", contents) { TeamId = team });

        (await Fleet.Assets.ListAsync(team)).Should().ContainSingle().Which.Should().Match<DeclarationAsset>(asset => asset.Uuid == uuid && asset.Name == "one" && asset.Identifier == "com.example.one" && asset.UploadedAt != null);
        (await Fleet.Assets.ListAsync()).Should().BeEmpty("the answer is null where there are none");
        (await Fleet.Assets.GetAsync(uuid)).Identifier.Should().Be("com.example.one");
        (await Fleet.Assets.DownloadAsync(uuid)).Should().Equal(contents);
        await Fleet.Assets.ApplyBatchAsync(team, [new("first", contents)]);
        (await Fleet.Assets.GetAsync(uuid)).Name.Should().Be("first", "it changed in place");
        await Fleet.Assets.DeleteAsync(uuid);
        await Fleet.Invoking(c => c.Assets.GetAsync(uuid)).Should().ThrowAsync<FleetApiException>().Where(e => e.IsNotFound);
    }

    [Fact]
    public async Task Activation_OfADeclaration_IsKeptReplacedAndTakenAway()
    {
        byte[] declaration = Declaration("com.apple.configuration.passcode.settings", "com.example.code", "{}");
        byte[] first = Declaration("com.apple.activation.simple", "com.example.code.1", """{"StandardConfigurations":["com.example.code"]}""");
        byte[] second = Declaration("com.apple.activation.simple", "com.example.code.2", """{"StandardConfigurations":["com.example.code"],"Predicate":"TRUEPREDICATE"}""");
        long team = world.Fleet.AddTeam("Activated");
        string uuid = await Fleet.Profiles.UploadAsync(new() { FileName = "code.json", Contents = declaration, TeamId = team, Activation = first });

        (await Fleet.Profiles.ListAsync(team)).Single().Activation!.Value.ToArray().Should().Equal(first);
        await Fleet.Profiles.ReplaceAsync(uuid, new() { FileName = "code.json", Contents = declaration });
        (await Fleet.Profiles.GetAsync(uuid)).Activation!.Value.ToArray().Should().Equal(first, "nothing was said about it");
        await Fleet.Profiles.ReplaceAsync(uuid, new() { Activation = second });
        (await Fleet.Profiles.GetAsync(uuid)).Activation!.Value.ToArray().Should().Equal(second);
        await Fleet.Profiles.ReplaceAsync(uuid, new() { Activation = ReadOnlyMemory<byte>.Empty });
        (await Fleet.Profiles.GetAsync(uuid)).Activation.Should().BeNull();
    }

    private static byte[] Declaration(string type, string identifier, string payload) =>
        Encoding.UTF8.GetBytes($$"""{"Type":"{{type}}","Identifier":"{{identifier}}","Payload":{{payload}}}""");

    [Fact]
    public async Task Login_OfPeopleWhoSignInOtherwise_IsRefusedInFleetsWords()
    {
        await Fleet.Users.CreateAsync(new() { Name = "S", Email = "sso@example.org", Password = new Secret(SocketWorld.Password), SsoEnabled = true, GlobalRole = FleetRole.Observer });
        await Fleet.Users.CreateAsync(new() { Name = "M", Email = "mfa@example.org", Password = new Secret(SocketWorld.Password), MfaEnabled = true, GlobalRole = FleetRole.Observer });

        Func<Task> sso = () => Fleet.Sessions.LoginAsync("sso@example.org", new Secret(SocketWorld.Password));
        Func<Task> mfa = () => Fleet.Sessions.LoginAsync("mfa@example.org", new Secret(SocketWorld.Password));

        (await sso.Should().ThrowAsync<FleetApiException>()).Which.Status.Should().Be(System.Net.HttpStatusCode.Unauthorized);
        (await mfa.Should().ThrowAsync<FleetApiException>()).Which.Message.Should().Contain("does not support MFA");
    }

    [Fact]
    public async Task Activities_BetweenTwoTimes_AreTheOnesAsked()
    {
        await Fleet.Labels.CreateAsync(new() { Name = "Makes no activity" });
        await Fleet.Profiles.UploadAsync(SocketWorld.Mobileconfig("activity", world.Fleet.AddTeam("Activity")));
        Activity latest = await Fleet.Activities.ListAsync().FirstAsync();

        (await Fleet.Activities.ListAsync(new() { From = DateTimeOffset.UtcNow.AddDays(1) }).ToListAsync()).Should().BeEmpty();
        (await Fleet.Activities.ListAsync(new() { To = DateTimeOffset.UtcNow.AddDays(-1) }).ToListAsync()).Should().BeEmpty();
        (await Fleet.Activities.ListAsync(new() { From = DateTimeOffset.UtcNow.AddDays(-1), OldestFirst = true }).ToListAsync()).Should().Contain(activity => activity.Id == latest.Id).And.BeInAscendingOrder(activity => activity.Id);
    }
}
