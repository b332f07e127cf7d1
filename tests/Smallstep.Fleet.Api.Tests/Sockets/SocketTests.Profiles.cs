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
