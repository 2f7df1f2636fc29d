using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Files;

/// <summary>The path of a file that a cmdlet writes: of the file system, in a folder that is there.</summary>
internal static class OutputPath
{
    private static readonly string[] s_otherFormats =
    [
        ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".xml", ".clixml", ".html", ".htm", ".pdf", ".doc", ".docx", ".odt", ".rtf", ".yaml", ".yml", ".ldif", ".vcf", ".jsonl", ".zip", ".gz",
    ];

    /// <summary>The path as the system has it.</summary>
    /// <param name="paths">The session's paths.</param>
    /// <param name="path">The path as it was specified.</param>
    /// <param name="parameter">The parameter that named it.</param>
    /// <param name="formats">The formats that are written, by their extensions.</param>
    /// <exception cref="ArgumentException">No file can be written there.</exception>
    public static string Resolve(PathIntrinsics paths, string path, string parameter, string formats = ".csv")
    {
        string full = paths.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        if (provider.Name != "FileSystem")
        {
            throw new ArgumentException($"'{path}' of -{parameter} is not a file: it belongs to the provider {provider.Name}. Specify a file, such as -{parameter} ./file.csv.");
        }
        if (Directory.Exists(full) || Path.EndsInDirectorySeparator(full))
        {
            throw new ArgumentException($"'{path}' of -{parameter} is a folder. Add the name of the file, such as {QuotedText.Quote(Path.Combine(path, "file.csv"))}.");
        }
        // Another program would open it, and find that it is damaged; the next import would not read it.
        string extension = Path.GetExtension(full);
        if (s_otherFormats.Contains(extension, StringComparer.OrdinalIgnoreCase) || (extension.Equals(".json", StringComparison.OrdinalIgnoreCase) && !formats.Contains(".json", StringComparison.Ordinal)))
        {
            throw new ArgumentException($"'{path}' of -{parameter}: no file of the kind {extension} is written. Specify a file that ends in {formats}.");
        }
        if (Path.GetDirectoryName(full) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new ArgumentException($"The folder of '{path}' of -{parameter} does not exist. Create it: New-Item -ItemType Directory {QuotedText.Quote(folder)}");
        }
        return full;
    }
}
