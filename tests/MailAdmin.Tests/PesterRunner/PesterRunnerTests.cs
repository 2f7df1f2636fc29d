using System.Diagnostics;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.PesterRunner;

/// <summary>The runner of tests/Pester, on files that go wrong in every way: nothing that fails there may look like success.</summary>
public sealed class PesterRunnerTests(PesterRunnerTests.Run run) : IClassFixture<PesterRunnerTests.Run>
{
    [Fact]
    public void Each_It_is_a_test_and_the_run_fails_with_one()
    {
        run.ExitCode.ShouldBe(2);
        run.Output.ShouldContain("succeeded: 5");
        run.Output.ShouldContain("failed: 7");
        run.Output.ShouldContain("skipped: 1");
    }

    [Theory]
    [InlineData("Each: each 2.is 1", "Expected 1, but got 2.")]
    [InlineData("Blocks: before (block)", "no start")]
    [InlineData("Blocks: before.never runs", "It did not run: a block around it failed.")]
    [InlineData("Blocks: after (block)", "no end")]
    [InlineData("Empty: (file)", "The file ended without a test.")]
    [InlineData("NoScript: (file)", "Missing closing '}'")]
    [InlineData("Ends: (file)", "PowerShell ended with exit code 3 in the middle of the file.")]
    public void What_fails_is_named_with_its_error(string name, string error)
    {
        string told = run.Output.Split("failed " + name, 2)[^1].Split("\nfailed ", 2)[0];
        told.ShouldNotBe(run.Output, $"Nothing failed by the name of '{name}'.");
        told.ShouldContain(error);
    }

    [Fact]
    public void What_a_failed_file_printed_is_shown() => run.Output.ShouldContain("last words");

    [Fact]
    public void A_skipped_test_says_why() => run.Output.ShouldContain("of the moon");

    [Fact]
    public void Tests_are_listed_without_running()
    {
        var listed = Run.Start("--list-tests");
        listed.Output.ShouldContain("Good: good.passes");
        listed.Output.ShouldContain("Each: each <_>.is 1");
        listed.Output.ShouldNotContain("last words");
    }

    [Fact]
    public void A_filter_runs_what_it_names_alone()
    {
        var chosen = Run.Start("--treenode-filter", "/Each/each*/has*");
        chosen.ExitCode.ShouldBe(0, chosen.Output);
        chosen.Output.ShouldContain("succeeded: 2");
        chosen.Output.ShouldContain("total: 2");
    }

    [Theory]
    [InlineData("--folder", "no-such-folder", "There is no folder 'no-such-folder'.")]
    [InlineData("--culture", "no-culture", "'no-culture' is not the name of a culture.")]
    [InlineData("--package", "no.nupkg", "There is no package 'no.nupkg'.")]
    public void What_does_not_exist_is_refused(string option, string value, string error)
    {
        var refused = Run.Start(option, value);
        refused.ExitCode.ShouldNotBe(0);
        refused.Output.ShouldContain(error);
    }

    [Fact]
    public void A_file_that_loads_another_copy_of_the_module_than_the_tested_one_fails()
    {
        string output = ProjectRoot.File("output");
        string stray = Path.Combine(AppContext.BaseDirectory, "PesterRunner", "Stray");
        Dictionary<string, string> environment = new() { ["MAILADMIN_TEST_OTHER"] = output, ["MAILADMIN_TEST_MODULE"] = Path.Combine(output, "elsewhere", "modules", "MailAdmin") };
        var failed = Run.Start(environment, "--folder", stray);
        failed.ExitCode.ShouldBe(2, failed.Output);
        failed.Output.ShouldContain("failed Stray: (module)");
        failed.Output.ShouldContain($"Tested was {Path.Combine(Path.GetDirectoryName(ProjectRoot.Manifest)!, "bin", "MailAdmin.PowerShell.dll")}");
        environment["MAILADMIN_TEST_MODULE"] = Path.Combine(output, "MailAdmin");
        Run.Start(environment, "--folder", stray).ExitCode.ShouldBe(0);
    }

    [Fact]
    public void A_file_that_says_so_runs_in_the_culture_of_the_machine_alone()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("mailadmin-");
        File.WriteAllText(Path.Combine(folder.FullName, "Each.Tests.ps1"), "Describe 'each' { It 'runs' { 1 | Should -Be 1 } }\n");
        File.WriteAllText(Path.Combine(folder.FullName, "Once.Tests.ps1"), "# What it tests.\n# Not run in other cultures.\nDescribe 'once' { It 'runs' { 1 | Should -Be 1 } }\n");
        var several = Run.Start("--folder", folder.FullName, "--culture", "de-DE", "tr-TR");
        var own = Run.Start("--folder", folder.FullName);
        folder.Delete(recursive: true);
        Assert.SkipWhen(several.Output.Contains("knows no culture", StringComparison.Ordinal), ".NET knows no culture here.");
        several.ExitCode.ShouldBe(0, several.Output);
        several.Output.ShouldContain("total: 2");
        own.Output.ShouldContain("total: 2");
    }

    [Fact]
    public void A_package_that_cannot_be_installed_ends_the_run()
    {
        string broken = Path.Combine(Directory.CreateTempSubdirectory("mailadmin-").FullName, "MailAdmin.0.1.0.nupkg");
        File.WriteAllText(broken, "not a zip");
        var failed = Run.Start("--package", broken);
        Directory.Delete(Path.GetDirectoryName(broken)!, recursive: true);
        failed.ExitCode.ShouldNotBe(0);
        failed.Output.ShouldContain("could not be installed");
    }

    /// <summary>The runner in a process of its own.</summary>
    public sealed class Run
    {
        public Run()
            : this([], [])
        {
        }

        private Run(Dictionary<string, string> environment, string[] arguments)
        {
            // The same configuration and framework as this test's own.
            string configuration = Path.GetRelativePath(Path.Combine(ProjectRoot.Path, "tests", "MailAdmin.Tests"), AppContext.BaseDirectory);
            string runner = Path.Combine(ProjectRoot.Path, "tests", "MailAdmin.PesterRunner", configuration, "MailAdmin.PesterRunner.dll");
            string[] folder = arguments.Contains("--folder") ? [] : ["--folder", Path.Combine(AppContext.BaseDirectory, "PesterRunner", "Files")];
            var start = new ProcessStartInfo("dotnet", [runner, "--progress", "off", "--no-ansi", "--show-stdout", "all", .. folder, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            // Inherited from the dotnet test that runs this one, they would have it report there.
            foreach (string name in start.Environment.Keys.Where(name => name.StartsWith("TESTINGPLATFORM", StringComparison.Ordinal)).ToArray())
            {
                start.Environment.Remove(name);
            }
            foreach ((string name, string value) in environment)
            {
                start.Environment[name] = value;
            }
            using Process process = Process.Start(start)!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            Output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
            process.WaitForExit();
            ExitCode = process.ExitCode;
        }

        public int ExitCode { get; }

        public string Output { get; }

        public static Run Start(params string[] arguments) => new([], arguments);

        public static Run Start(Dictionary<string, string> environment, params string[] arguments) => new(environment, arguments);
    }
}
