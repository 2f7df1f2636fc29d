using System.Reflection;

namespace MailAdmin.Benchmarks;

/// <summary>Where the built module and sandbox are.</summary>
internal static class ProjectFolder
{
    private static readonly string s_root = Find();

    public static string Manifest => Directory
        .EnumerateFiles(Path.Combine(s_root, "output", "MailAdmin"), "MailAdmin.psd1", SearchOption.AllDirectories)
        .OrderDescending(StringComparer.Ordinal).First();

    public static string SandboxHost => Path.Combine(s_root, "src", "MailAdmin.Sandbox.Host", "bin", Configuration, "net10.0", "MailAdmin.Sandbox.Host.dll");

    private static string Configuration => typeof(ProjectFolder).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "Configuration").Value!;

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "MailAdmin.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("MailAdmin.sln is not in any folder above the program.");
    }
}
