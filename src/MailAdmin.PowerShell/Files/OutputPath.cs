using System.Management.Automation;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Files;

/// <summary>The path of a file that a cmdlet writes: of the file system, in a folder that is there.</summary>
internal static class OutputPath
{
    /// <summary>The path as the system has it.</summary>
    /// <param name="paths">The session's paths.</param>
    /// <param name="path">The path as it was specified.</param>
    /// <param name="parameter">The parameter that named it.</param>
    /// <exception cref="ArgumentException">No file can be written there.</exception>
    public static string Resolve(PathIntrinsics paths, string path, string parameter)
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
        if (Path.GetDirectoryName(full) is { Length: > 0 } folder && !Directory.Exists(folder))
        {
            throw new ArgumentException($"The folder of '{path}' of -{parameter} does not exist. Create it: New-Item -ItemType Directory {QuotedText.Quote(folder)}");
        }
        return full;
    }
}
