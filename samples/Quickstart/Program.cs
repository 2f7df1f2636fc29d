// Builds the module and runs a script of this folder in real PowerShell, which comes from NuGet as a .NET tool; with "shell" it opens a prompt.
// This program refers to no package and no project, so that it starts, and says what it does, before the long work begins.
using System.Diagnostics;

const string Shell = "shell";

string samples = SampleFolder();
string root = Path.GetFullPath(Path.Combine(samples, "..", ".."));
string what = args is [var first, ..] ? first : "quickstart.ps1";
string script = Path.Combine(samples, what);
if (what != Shell && !File.Exists(script))
{
    string[] scripts = [.. Directory.GetFiles(samples, "*.ps1").Select(file => Path.GetFileName(file)!).Order()];
    Console.Error.WriteLine($"There is no script '{what}' in samples/Quickstart. Name one of these, or '{Shell}' for a prompt: {string.Join(", ", scripts)}");
    return 1;
}

// Ctrl+C is for the process that runs at that moment; this one passes on how it ended.
Console.CancelKeyPress += (_, pressed) => pressed.Cancel = true;

Console.WriteLine("MailAdmin: restoring PowerShell and building the module. The first time this downloads packages, and takes a minute or more.");
(int restored, string said) = RunSilently("tool", "restore");
if (restored != 0)
{
    Console.Error.WriteLine(said);
    Console.Error.WriteLine($"'dotnet tool restore' failed with exit code {restored}: PowerShell could not be restored. Is the package source of NuGet reachable?");
    return restored;
}
if (Run("build", Path.Combine("src", "MailAdmin.PowerShell"), "--nologo", "--verbosity", "minimal", "-consoleLoggerParameters:NoSummary") is not 0 and int built)
{
    Console.Error.WriteLine($"'dotnet build' failed with exit code {built}.");
    return built;
}
Console.WriteLine("The module is in output/MailAdmin; any PowerShell 7.6 takes it: Import-Module ./output/MailAdmin");

return what == Shell
    ? Run("pwsh", "-NoLogo", "-NoProfile", "-NoExit", "-Command",
        "Import-Module ./output/MailAdmin; Connect-MailServer -Sandbox; 'Connected to the sandbox, a mail server in memory. Try: Get-MailPrincipal; Get-Command -Module MailAdmin; exit to leave.'")
    : Run(["pwsh", "-NoLogo", "-NoProfile", "-ExecutionPolicy", "Bypass", "-File", script, .. args.Skip(1)]);

int Run(params string[] arguments)
{
    using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root })!;
    process.WaitForExit();
    return process.ExitCode;
}

// What it prints is only of use when it fails.
(int ExitCode, string Output) RunSilently(params string[] arguments)
{
    using Process process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true, RedirectStandardError = true })!;
    Task<string> errors = process.StandardError.ReadToEndAsync();
    string output = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    return (process.ExitCode, output + errors.Result);
}

// The nearest folder above this program that has the scripts.
static string SampleFolder()
{
    for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
    {
        if (File.Exists(Path.Combine(folder.FullName, "quickstart.ps1")))
        {
            return folder.FullName;
        }
    }
    throw new FileNotFoundException($"quickstart.ps1 is not in any folder above {AppContext.BaseDirectory}.");
}
