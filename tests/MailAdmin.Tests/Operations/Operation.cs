namespace MailAdmin.Tests.Operations;

/// <summary>An operation of the API, by its number in the contract, or by a word for one beyond its 58.</summary>
/// <param name="Number">Its number, or a word.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path; <c>{x}</c> stands for one element. A query names a pair that must be there.</param>
internal sealed record Operation(string Number, string Method, string Path)
{
    /// <summary>Whether a line of the server's log is a call of it.</summary>
    public bool Matches(string line)
    {
        string[] parts = line.Split(' ', 2);
        string[] target = parts[1].Split('?', 2);
        string[] wanted = Path.Split('?', 2);
        return parts[0] == Method
            && PathMatches(wanted[0].Split('/'), target[0].Split('/'))
            && (wanted.Length == 1 || (target.Length == 2 && target[1].Split('&').Contains(wanted[1])));
    }

    public override string ToString() => $"{Number}: {Method} {Path}";

    private static bool PathMatches(string[] wanted, string[] given) =>
        wanted.Length == given.Length && wanted.Zip(given).All(pair => pair.First.StartsWith('{') ? pair.Second.Length > 0 : pair.First == pair.Second);
}
