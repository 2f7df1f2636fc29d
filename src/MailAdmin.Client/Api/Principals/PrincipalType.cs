using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>The kind of a principal, by the server's own word (docs/api.md §6.1). A word of a later server is kept.</summary>
public readonly record struct PrincipalType
{
    private static readonly OpenWords<PrincipalType> s_words = new(word => new PrincipalType(word));
    private readonly string? _word;

    private PrincipalType(string word) => _word = word;

    /// <summary>A person or service with a mailbox and a login.</summary>
    public static PrincipalType Individual { get; } = s_words.AddDefault("individual");
    /// <summary>A group of accounts with addresses of its own.</summary>
    public static PrincipalType Group { get; } = s_words.Add("group");
    /// <summary>A mailing list.</summary>
    public static PrincipalType List { get; } = s_words.Add("list");
    /// <summary>A mail domain.</summary>
    public static PrincipalType Domain { get; } = s_words.Add("domain");
    /// <summary>A named set of permissions.</summary>
    public static PrincipalType Role { get; } = s_words.Add("role");
    /// <summary>A tenant (licensed servers).</summary>
    public static PrincipalType Tenant { get; } = s_words.Add("tenant");
    /// <summary>A key for programs.</summary>
    public static PrincipalType ApiKey { get; } = s_words.Add("apiKey");
    /// <summary>A registered OAuth client.</summary>
    public static PrincipalType OauthClient { get; } = s_words.Add("oauthClient");
    /// <summary>A resource such as a projector.</summary>
    public static PrincipalType Resource { get; } = s_words.Add("resource");
    /// <summary>A location such as a room.</summary>
    public static PrincipalType Location { get; } = s_words.Add("location");

    /// <summary>Every kind a principal can be created as.</summary>
    public static IReadOnlyList<PrincipalType> Known => s_words.Known;

    /// <summary>The server's word, such as <c>apiKey</c>.</summary>
    public string Word => _word ?? s_words.DefaultWord;

    /// <summary>The kind as people write it, such as <c>ApiKey</c>.</summary>
    public string Name => OpenWords<PrincipalType>.Capitalize(Word);

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

    /// <summary>Whether the objects of a type, such as <c>Account</c> on servers from 0.16 on, are principals.</summary>
    /// <param name="objectType">The type.</param>
    public static bool IsOfObjects(string objectType) => DirectoryType.All.Any(type => type.ObjectType == objectType);

    /// <summary>Reads what the server sent; an unknown word is kept.</summary>
    public static PrincipalType FromWire(string word) => s_words.Parse(word);

    /// <summary>Reads what a person wrote, in any case. PowerShell uses it to compare: <c>$_.Type -eq 'individual'</c>.</summary>
    /// <exception cref="FormatException">It is not a type of principal.</exception>
    public static PrincipalType Parse(string text) => TryParse(text, out PrincipalType type)
        ? type
        : throw new FormatException($"'{text}' is not a kind of principal. The kinds are {string.Join(", ", Known)}.");

    /// <summary>Reads what a person wrote, in any case; false for a kind that cannot be created or asked for.</summary>
    public static bool TryParse(string? text, out PrincipalType type)
    {
        PrincipalType? known = s_words.Find(text);
        type = known ?? default;
        return known is not null;
    }

    /// <summary>The word: outputs hold it as text, so that every format and every comparison of PowerShell takes it.</summary>
    public static implicit operator string(PrincipalType word) => word.Name;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
