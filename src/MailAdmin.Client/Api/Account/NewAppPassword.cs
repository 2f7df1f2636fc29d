namespace MailAdmin.Client;

/// <summary>An app password to add. Its text form does not show the hash.</summary>
/// <param name="Name">What it is for, such as <c>phone</c>.</param>
public sealed record NewAppPassword(string Name)
{
    /// <summary>The hash of the password: needed before server 0.16. From then on the server makes the password itself, and a hash is refused.</summary>
    public string? Hash { get; init; }

    /// <summary>When it ends; null = never (server 0.16 and later).</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>The IP addresses and networks that it may be used from, such as <c>192.0.2.0/24</c>; none = all (server 0.16 and later).</summary>
    public IReadOnlyList<string> AllowedIp { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>An app password that was added.</summary>
/// <param name="Name">How the server lists it.</param>
/// <param name="Secret">The password, where the server made it: it shows it once. Null where it was made here.</param>
public sealed record AddedAppPassword(MailAppPasswordName Name, string? Secret)
{
    /// <inheritdoc/>
    public override string ToString() => Name.ToString();
}
