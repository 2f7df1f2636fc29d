using MailAdmin.Tests.Hosting;

[assembly: AssemblyFixture(typeof(TemporaryFolder))]

namespace MailAdmin.Tests.Hosting;

/// <summary>One folder for all temporary files of a run, which goes with it. A test that leaves something of its own there fails the run.</summary>
public sealed class TemporaryFolder : IDisposable
{
    // What the tests name, and what Path.GetTempFileName does. The others are pipes and caches of processes that were started.
    private static readonly string[] s_own = ["mailadmin*", "*.tmp"];
    private static readonly string s_variable = OperatingSystem.IsWindows() ? "TMP" : "TMPDIR";
    private readonly string? _before = Environment.GetEnvironmentVariable(s_variable);
    private readonly DirectoryInfo? _folder;

    public TemporaryFolder()
    {
        // Its own folder has a long path already: with more the pipes of PowerShell would have no name that is short enough.
        if (!OperatingSystem.IsMacOS())
        {
            _folder = Directory.CreateTempSubdirectory("mailadmin-tests-");
            Environment.SetEnvironmentVariable(s_variable, _folder.FullName);
        }
    }

    public void Dispose()
    {
        if (_folder is null)
        {
            return;
        }
        Environment.SetEnvironmentVariable(s_variable, _before);
        string[] left = [.. s_own.SelectMany(pattern => _folder.EnumerateFileSystemInfos(pattern)).Select(item => item.Name)];
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // A process that was started is still at it.
        }
        left.ShouldBeEmpty("Each test removes what it puts into the folder for temporary files.");
    }
}
