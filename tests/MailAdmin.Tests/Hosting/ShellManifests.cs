namespace MailAdmin.Tests.Hosting;

/// <summary>The module's manifest in two: its cmdlets, and its views, which take most of the time of an import.</summary>
internal static class ShellManifests
{
    private const string ViewsMember = "FormatsToProcess     = @('MailAdmin.Format.ps1xml')";
    private const string RootMember = "'bin/MailAdmin.PowerShell.dll'";

    /// <summary>The module as it is, but for its views.</summary>
    public static string WithoutViews { get; } = Write("MailAdmin", File.ReadAllText(ProjectRoot.Manifest)
        .Replace(ViewsMember, "", StringComparison.Ordinal)
        .Replace(RootMember, $"'{FindModuleFile("bin", "MailAdmin.PowerShell.dll")}'", StringComparison.Ordinal));

    /// <summary>The views alone.</summary>
    public static string Views { get; } = Write("MailAdmin.Views", $"@{{ ModuleVersion = '1.0'; FormatsToProcess = '{FindModuleFile("MailAdmin.Format.ps1xml")}' }}");

    private static string FindModuleFile(params string[] parts) => Path.Combine([Path.GetDirectoryName(ProjectRoot.Manifest)!, .. parts]);

    // Beside the tests, in a folder of the name that PowerShell wants.
    private static string Write(string name, string text)
    {
        string folder = Directory.CreateDirectory(Path.Combine(AppContext.BaseDirectory, "Manifests", name)).FullName;
        string path = Path.Combine(folder, $"{name}.psd1");
        File.WriteAllText(path, text);
        return path;
    }
}
