namespace MailAdmin.Sandbox.Registry;

/// <summary>A value or a path that cannot be.</summary>
/// <param name="path">The names of the properties on the way to it; lists, maps and sets count as one.</param>
/// <param name="reason">What is wrong.</param>
internal sealed class PatchException(string path, string reason) : Exception(reason)
{
    public string Path { get; } = path;

    /// <summary>The same seen from outside.</summary>
    public PatchException Within(string outer) => new(Path.Length == 0 ? outer : $"{outer}/{Path}", Message);
}
