namespace MailAdmin.Tests.Hosting;

/// <summary>Where the project lies, found from where the tests run.</summary>
internal static class ProjectRoot
{
    public static string Path { get; } = Find();

    /// <summary>The manifest of the module that the build has laid out.</summary>
    public static string Manifest { get; } = Directory
        .EnumerateFiles(System.IO.Path.Combine(Path, "output", "MailAdmin"), "MailAdmin.psd1", SearchOption.AllDirectories)
        .OrderDescending(StringComparer.Ordinal).First();

    public static string File(params string[] parts) => System.IO.Path.Combine([Path, .. parts]);

    private static string Find()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (System.IO.File.Exists(System.IO.Path.Combine(folder.FullName, "MailAdmin.sln")))
            {
                return folder.FullName;
            }
        }
        throw new DirectoryNotFoundException("MailAdmin.sln is in none of the folders above the tests.");
    }
}
