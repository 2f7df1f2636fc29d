namespace MailAdmin.PesterRunner;

/// <summary>One file of tests, in one culture: what a process runs at once.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Culture">The name of the culture to run it in; empty for that of this machine.</param>
internal sealed record TestFile(string Path, string Culture)
{
    /// <summary>The name without folder and extensions; in another culture with its name behind it.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(Path)[..^Extension.Length] + (Culture.Length == 0 ? "" : $" ({Culture})");

    private const string Extension = ".Tests.ps1";

    /// <summary>All of them; in each culture the largest first, so that no process is left alone with one at the end.</summary>
    public static IReadOnlyList<TestFile> FindAll(string folder, IEnumerable<string> cultures)
    {
        FileInfo[] files = [.. new DirectoryInfo(folder).GetFiles("*" + Extension).OrderByDescending(file => file.Length)];
        return files.Length == 0
            ? throw new InvalidOperationException($"There is no file *{Extension} in {folder}.")
            : [.. cultures.SelectMany(culture => files.Select(file => new TestFile(file.FullName, culture)))];
    }
}
