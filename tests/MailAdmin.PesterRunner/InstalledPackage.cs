using System.Diagnostics;

namespace MailAdmin.PesterRunner;

/// <summary>
/// A package of the module, installed as people do it from a folder, into an empty one. Neither the modules nor the registered repositories
/// of the user are touched.
/// </summary>
internal sealed class InstalledPackage : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-package-");

    private InstalledPackage(string path) => Path = path;

    /// <summary>The .nupkg.</summary>
    public string Path { get; }

    /// <summary>Where the module lies: the folder with its name, which holds its version.</summary>
    public string ModuleFolder => System.IO.Path.Combine(_folder.FullName, "modules", "MailAdmin");

    public static async Task<InstalledPackage> InstallAsync(string path, CancellationToken cancellationToken)
    {
        var package = new InstalledPackage(path);
        try
        {
            await package.InstallAsync(cancellationToken);
            return package;
        }
        catch
        {
            package.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        try
        {
            _folder.Delete(recursive: true);
        }
        catch (Exception error) when (OperatingSystem.IsWindows() && error is IOException or UnauthorizedAccessException)
        {
            // A process that a test has started still ends, and Windows deletes no file that is in use. It lies in the folder for temporary files.
        }
    }

    private async Task InstallAsync(CancellationToken cancellationToken)
    {
        string repository = _folder.CreateSubdirectory("repository").FullName;
        string home = _folder.CreateSubdirectory("home").FullName;
        string modules = _folder.CreateSubdirectory("modules").FullName;
        File.Copy(Path, System.IO.Path.Combine(repository, System.IO.Path.GetFileName(Path)));
        ProcessStartInfo start = RestoredPowerShell.Run("Install.ps1", "-Repository", repository, "-Path", modules);
        // Registered repositories are kept under the home folder. On Windows that is not for the environment to say: there the script removes its own.
        foreach (string name in (string[])["HOME", "XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"])
        {
            start.Environment[name] = home;
        }
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        await process.WaitForExitAsync(cancellationToken);
        if (process.ExitCode != 0 || !Directory.Exists(ModuleFolder))
        {
            throw new InvalidOperationException($"{Path} could not be installed (exit code {process.ExitCode}). {await output}{await errors}");
        }
    }
}
