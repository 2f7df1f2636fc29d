namespace MailAdmin.PesterRunner;

/// <summary>One file of tests, in one culture: what a process runs at once.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Culture">The name of the culture to run it in; empty for that of this machine.</param>
internal sealed record TestFile(string Path, string Culture)
{
    /// <summary>The name without folder and extensions; in another culture with its name behind it.</summary>
    public string Name { get; } = System.IO.Path.GetFileName(Path)[..^Extension.Length] + (Culture.Length == 0 ? "" : $" ({Culture})");

    private const string Extension = ".Tests.ps1";

    // A file of many processes takes as long as all the others together, and what it tests has no culture of its own.
    private const string NoOtherCultureMark = "# Not run in other cultures.";

    /// <summary>All of them; in each culture the largest first, so that no process is left alone with one at the end. What is marked so runs in that of this machine alone.</summary>
    public static IReadOnlyList<TestFile> FindAll(string folder, IEnumerable<string> cultures)
    {
        FileInfo[] files = [.. new DirectoryInfo(folder).GetFiles("*" + Extension).OrderByDescending(file => file.Length)];
        return files.Length == 0
            ? throw new InvalidOperationException($"There is no file *{Extension} in {folder}.")
            : [.. cultures.SelectMany(culture => files.Where(file => culture.Length == 0 || !IsForNoOther(file.FullName)).Select(file => new TestFile(file.FullName, culture)))];
    }

    private static bool IsForNoOther(string path) => File.ReadLines(path).TakeWhile(line => line.StartsWith('#')).Contains(NoOtherCultureMark);
}
