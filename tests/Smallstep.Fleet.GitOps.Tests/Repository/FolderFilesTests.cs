namespace Smallstep.Fleet.GitOps.Tests;

public sealed class FolderFilesTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("gitops-");

    private string Root => Path.Combine(_folder.FullName, "repository");

    public FolderFilesTests()
    {
        Write("repository/default.yml", "org_settings:\ncontrols:\n");
        Write("repository/lib/a.sh", "#!/bin/sh\n");
        Write("repository/.git/config", "x");
        Write("outside/secret", "s3cret");
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/lib/..")]
    public void Read_HoweverTheFolderIsNamed_FindsItsFiles(string suffix)
    {
        var files = new FolderFiles(Root + suffix);
        files.Paths.Should().Equal("default.yml", "lib/a.sh");
        files.Read("lib/../default.yml").Should().NotBeNull();
    }

    [Fact]
    public void Read_WhatLiesOutside_IsNotThere()
    {
        File.CreateSymbolicLink(Path.Combine(Root, "lib", "leak.sh"), Path.Combine(_folder.FullName, "outside", "secret"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "linked"), Path.Combine(_folder.FullName, "outside"));
        Directory.CreateSymbolicLink(Path.Combine(Root, "lib", "circle"), Root);
        File.CreateSymbolicLink(Path.Combine(Root, "lib", "same.sh"), "a.sh");

        var files = new FolderFiles(Root);

        files.Read("../outside/secret").Should().BeNull();
        files.Read(Path.Combine(_folder.FullName, "outside", "secret")).Should().BeNull();
        files.Read("lib/leak.sh").Should().BeNull();
        files.Read("linked/secret").Should().BeNull();
        files.Read("lib/same.sh").Should().NotBeNull("a link within the repository is fine");
        files.Read("lib/circle/default.yml").Should().NotBeNull();
        files.Paths.Should().NotContain(path => path.Contains("circle") || path.StartsWith("linked"), "linked folders are not entered");
    }

    [Fact]
    public void Read_FolderThatIsALink_IsTheFolder()
    {
        string link = Path.Combine(_folder.FullName, "link");
        Directory.CreateSymbolicLink(link, Root);
        new FolderFiles(link).Read("default.yml").Should().NotBeNull();
    }

    [Fact]
    public void LintAndRead_LicenceAgreementAsLargeAsFleetTakesIt_ThrowsNothing()
    {
        Write("repository/default.yml", "org_settings:\n  mdm:\n    end_user_license_agreement: terms.pdf\ncontrols:\n");
        Sized("terms.pdf", 25 * 1024 * 1024);
        var files = new FolderFiles(Root);
        FleetRepository repository = FleetRepository.Load(files, GitOpsRun.OnAll(files));

        new GitOpsLinter().Lint(repository).Verdict.IsAccepted.Should().BeTrue();
        repository.ToState().Files!.LicenseAgreement!.Contents!.Value.Length.Should().Be(25 * 1024 * 1024);
    }

    [Fact]
    public void Read_FileLargerThanAnyThatFleetTakes_IsRefused()
    {
        Sized("large.bin", (26 * 1024 * 1024) + 1);
        new FolderFiles(Root).Invoking(files => files.Read("large.bin")).Should().Throw<IOException>().WithMessage("large.bin is larger than 26 MiB.");
    }

    // Without contents on the disk.
    private void Sized(string name, long length)
    {
        using FileStream file = File.Create(Path.Combine(Root, name));
        file.SetLength(length);
    }

    private void Write(string path, string text)
    {
        string full = Path.Combine(_folder.FullName, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
