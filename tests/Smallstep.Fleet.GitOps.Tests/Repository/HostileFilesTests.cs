using System.Text;

namespace Smallstep.Fleet.GitOps.Tests;

/// <summary>Whatever stands in a file, a repository is read, judged and written; what is wrong with it is a finding, never an exception.</summary>
public sealed class HostileFilesTests
{
    private const int Runs = 400;
    private const string Fleet = "name: Laptops\nsettings:\nagent_options:\npolicies:\nreports:\nlabels:\nsoftware:\ncontrols:\n  apple_settings:\n    assets:\n      - path: ../lib/a.json\n    configuration_profiles:\n      - path: ../lib/d.json\n        activation: ../lib/act.json\n";
    private const string Global = "org_settings:\n  certificate_authorities:\n  org_info:\n    org_logo_path_dark_mode: lib/logo.png\n  yara_rules:\n    - path: lib/r.yar\n  mdm:\n    end_user_license_agreement: lib/e.pdf\nagent_options:\ncontrols:\npolicies:\nreports:\nlabels:\n";

    private static readonly Dictionary<string, string> Files = new()
    {
        ["lib/a.json"] = """{"Type":"com.apple.asset.data","Identifier":"com.example.a","Payload":{"Reference":{"DataURL":"https://example.com/$FAMILY"}}}""",
        ["lib/d.json"] = """{"Type":"com.apple.configuration.x","Identifier":"com.example.d","Payload":{"DataAssetReference":"com.example.a"}}""",
        ["lib/act.json"] = """{"Type":"com.apple.activation.simple","Identifier":"com.example.act","Payload":{"StandardConfigurations":["com.example.d"],"Predicate":"\ud83d\udda5"}}""",
        ["lib/r.yar"] = "rule r { strings: $a = \"x\" condition: $a }",
        ["lib/e.pdf"] = "%PDF-1.7",
        ["lib/logo.png"] = "\u0089PNG",
    };

    [Fact]
    public void AnyBytes_AreReadJudgedAndWritten()
    {
        int seed = Environment.TickCount;
        var random = new Random(seed);
        for (int run = 0; run < Runs; run++)
        {
            var files = new MemoryFiles([
                new RepositoryFile("default.yml", Encoding.UTF8.GetBytes(Global)), new RepositoryFile("fleets/laptops.yml", Encoding.UTF8.GetBytes(Fleet)),
                .. Files.Select(file => new RepositoryFile(file.Key, Mutated(Encoding.UTF8.GetBytes(file.Value), random))),
            ]);
            FluentActions.Invoking(() => Everything(files)).Should().NotThrow("seed {0}, run {1}", seed, run);
        }
    }

    private static void Everything(MemoryFiles files)
    {
        GitOpsRun run = GitOpsRun.OnAll(files) with { FleetVersion = FleetVersion.NewestKnown, Environment = new Dictionary<string, string> { ["FAMILY"] = "Mac" } };
        FleetRepository repository = FleetRepository.Load(files, run);
        LintResult result = new GitOpsLinter().Lint(repository);
        FleetState state = repository.ToState();
        FleetRepositoryWriter.Write(state, new RepositoryWriteOptions { FleetVersion = FleetVersion.NewestKnown });
        FleetRepositoryMerger.Merge(repository, state, new RepositoryWriteOptions { FleetVersion = FleetVersion.NewestKnown });
        result.Findings.Should().OnlyContain(finding => finding.Message.Length > 0);
    }

    private static byte[] Mutated(byte[] bytes, Random random)
    {
        List<byte> mutated = [.. bytes];
        byte[][] parts = [.. ((string[])["\\ud800", "\\udc00x", "\"", "{", "[[[[", "null", "\u0000", "$", "${", "$FLEET_SECRET_", "\\", "\ufeff", ","]).Select(Encoding.UTF8.GetBytes), [0xff, 0xfe], [0xc3]];
        for (int i = random.Next(4); i > 0; i--)
        {
            int at = random.Next(mutated.Count + 1);
            switch (random.Next(3))
            {
                case 0:
                    mutated.InsertRange(at, parts[random.Next(parts.Length)]);
                    break;
                case 1:
                    mutated.RemoveRange(at, Math.Min(random.Next(9), mutated.Count - at));
                    break;
                default:
                    mutated = [.. mutated.Take(at), (byte)random.Next(256), .. mutated.Skip(at + 1)];
                    break;
            }
        }

        return [.. mutated];
    }
}
