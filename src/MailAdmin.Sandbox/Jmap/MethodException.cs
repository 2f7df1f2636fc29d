namespace MailAdmin.Sandbox.Jmap;

/// <summary>A method that fails as a whole.</summary>
/// <param name="type">The type of the error.</param>
/// <param name="description">What is wrong.</param>
internal sealed class MethodException(string type, string description) : Exception(description)
{
    public string Type { get; } = type;

    public static MethodException Forbidden(string description = "You lack a permission for this.") => new("forbidden", description);

    public static MethodException InvalidArguments(string description) => new("invalidArguments", description);

    public static MethodException TooLarge() => new("requestTooLarge", "Too many objects in one call.");

    public static MethodException UnknownMethod(string name) => new("unknownMethod", name);

    /// <summary>Anything unexpected.</summary>
    public static MethodException Unavailable() => new("serverUnavailable", "The server could not do this now.");

    public static MethodException InvalidReference() => new("invalidResultReference", "A reference leads nowhere.");

    public static MethodException UnsupportedFilter(string description) => new("unsupportedFilter", description);

    public static MethodException UnsupportedSort() => new("unsupportedSort", "The list cannot be sorted by this property.");

    public static MethodException AnchorNotFound() => new("anchorNotFound", "The anchor is not in the list.");
}
