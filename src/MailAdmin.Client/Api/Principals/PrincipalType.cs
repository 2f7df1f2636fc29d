// The kind of a principal. A word rather than an enum: a later server may add kinds.
namespace MailAdmin.Client;

/// <summary>The kind of a principal, by the server's own word (contract §6.1).</summary>
public readonly struct PrincipalType : IEquatable<PrincipalType>
{
    private readonly string? _word;

    private PrincipalType(string word) => _word = word;

    /// <summary>A person or service with a mailbox and a login.</summary>
    public static PrincipalType Individual { get; } = new("individual");
    /// <summary>A group of accounts with addresses of its own.</summary>
    public static PrincipalType Group { get; } = new("group");
    /// <summary>A mailing list.</summary>
    public static PrincipalType List { get; } = new("list");
    /// <summary>A mail domain.</summary>
    public static PrincipalType Domain { get; } = new("domain");
    /// <summary>A named set of permissions.</summary>
    public static PrincipalType Role { get; } = new("role");
    /// <summary>A tenant (licensed servers).</summary>
    public static PrincipalType Tenant { get; } = new("tenant");
    /// <summary>A key for programs.</summary>
    public static PrincipalType ApiKey { get; } = new("apiKey");
    /// <summary>A registered OAuth client.</summary>
    public static PrincipalType OauthClient { get; } = new("oauthClient");
    /// <summary>A resource such as a projector.</summary>
    public static PrincipalType Resource { get; } = new("resource");
    /// <summary>A location such as a room.</summary>
    public static PrincipalType Location { get; } = new("location");

    /// <summary>Every kind a principal can be created as.</summary>
    public static IReadOnlyList<PrincipalType> Known { get; } =
        [Individual, Group, List, Domain, Role, Tenant, ApiKey, OauthClient, Resource, Location];

    /// <summary>The server's word, such as <c>apiKey</c>.</summary>
    public string Word => _word ?? "individual";

    /// <summary>The kind as people write it, such as <c>ApiKey</c>.</summary>
    public string Name => Word is [var first, .. var rest] ? char.ToUpperInvariant(first) + rest : Word;

    /// <summary>The server's prefix of the permissions for this kind: <c>mailing-list</c> for lists, <c>api-key</c> for API keys.</summary>
    public string PermissionPrefix => Word switch
    {
        "list" => "mailing-list",
        "apiKey" => "api-key",
        "oauthClient" => "oauth-client",
        "individual" or "group" or "domain" or "role" or "tenant" => Word,
        _ => "principal",
    };

    /// <summary>Whether other principals can name one of this kind, so that it must exist before them.</summary>
    public bool CanBeNamedByOthers => this == Domain || this == Role || this == Group || this == List || this == Tenant;

    /// <summary>Reads what the server sent; an unknown word is kept.</summary>
    public static PrincipalType FromWire(string word) => new(word);

    /// <summary>Reads what a person wrote, in any case. PowerShell uses it to compare: <c>$_.Type -eq 'individual'</c>.</summary>
    /// <exception cref="FormatException">It is no kind of principal.</exception>
    public static PrincipalType Parse(string text) => TryParse(text, out PrincipalType type)
        ? type
        : throw new FormatException($"'{text}' is not a kind of principal. The kinds are {string.Join(", ", Known)}.");

    /// <summary>Reads what a person wrote, in any case; false for a kind that cannot be created or asked for.</summary>
    public static bool TryParse(string? text, out PrincipalType type)
    {
        foreach (PrincipalType known in Known)
        {
            if (string.Equals(known.Word, text?.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                type = known;
                return true;
            }
        }
        type = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(PrincipalType other) => string.Equals(Word, other.Word, StringComparison.Ordinal);
    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PrincipalType other && Equals(other);
    /// <inheritdoc/>
    public override int GetHashCode() => Word.GetHashCode(StringComparison.Ordinal);
    /// <inheritdoc/>
    public override string ToString() => Name;
    /// <summary>Whether both are the same kind.</summary>
    public static bool operator ==(PrincipalType left, PrincipalType right) => left.Equals(right);
    /// <summary>Whether they are different kinds.</summary>
    public static bool operator !=(PrincipalType left, PrincipalType right) => !left.Equals(right);
}
