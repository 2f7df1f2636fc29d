using System.Globalization;
using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Client;

/// <summary>What a step of a PATCH does with its field.</summary>
public enum PrincipalAction
{
    /// <summary>Replaces the field.</summary>
    Set,
    /// <summary>Adds one item to a list field.</summary>
    AddItem,
    /// <summary>Removes one item from a list field.</summary>
    RemoveItem,
}

/// <summary>
/// One step of PATCH /principal/{name}. Exactly one of the three values is set. Made by the factory methods, which know that
/// <c>set</c> on roles, memberOf or lists wipes the other two and do not offer it.
/// </summary>
public sealed class PrincipalChange
{
    private PrincipalChange(PrincipalAction action, string field, string? text, ulong? number, IReadOnlyList<string>? items)
    {
        // What is removed keeps its form: the server compares byte for byte, and may have it in another one.
        bool normalizes = action != PrincipalAction.RemoveItem && IsName(field);
        (Action, Field, Number) = (action, field, number);
        Text = normalizes && text is not null ? NameText.Normalize(text) : text;
        Items = normalizes && items is not null ? NameText.NormalizeAll(items) : items;
    }

    /// <summary>What is done.</summary>
    public PrincipalAction Action { get; }
    /// <summary>The field by the server's name, such as <c>emails</c> (see <see cref="PrincipalField"/>).</summary>
    public string Field { get; }
    /// <summary>The value as text.</summary>
    public string? Text { get; }
    /// <summary>The value as a number.</summary>
    public ulong? Number { get; }
    /// <summary>The value as a list.</summary>
    public IReadOnlyList<string>? Items { get; }
    /// <summary>Whether sending it twice is the same as sending it once; a rename is not.</summary>
    public bool IsIdempotent => Field != PrincipalField.Name;

    /// <summary>Replaces a text field; <c>""</c> empties it. An empty name is refused: the principal could never be addressed again.</summary>
    public static PrincipalChange Set(string field, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ThrowIfMembership(field);
        if (field == PrincipalField.Name && string.IsNullOrWhiteSpace(text))
        {
            throw new ArgumentException("A principal cannot be renamed to an empty name: nothing could address it any more.", nameof(text));
        }
        return new(PrincipalAction.Set, field, text, null, null);
    }

    /// <summary>Replaces a number.</summary>
    public static PrincipalChange Set(string field, ulong number) => new(PrincipalAction.Set, field, null, number, null);

    /// <summary>Replaces a time; null clears it.</summary>
    public static PrincipalChange Set(string field, DateTimeOffset? time) => new(PrincipalAction.Set, field, WireTime.Floor(time) ?? "", null, null);

    /// <summary>Replaces a list field other than roles, memberOf and lists.</summary>
    public static PrincipalChange Set(string field, IReadOnlyList<string> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        ThrowIfMembership(field);
        return items.Any(item => item is null)
            ? throw new ArgumentException($"There is a null among the values of '{field}'.", nameof(items))
            : new(PrincipalAction.Set, field, null, null, items);
    }

    /// <summary>Adds one item to a list field.</summary>
    public static PrincipalChange Add(string field, string item) => new(PrincipalAction.AddItem, field, item ?? throw new ArgumentNullException(nameof(item)), null, null);

    /// <summary>Removes one item from a list field.</summary>
    public static PrincipalChange Remove(string field, string item) => new(PrincipalAction.RemoveItem, field, item ?? throw new ArgumentNullException(nameof(item)), null, null);

    /// <summary>Adds and removes items of a list field. Additions go first: an account must not be without a role in between.</summary>
    public static IEnumerable<PrincipalChange> AddAndRemove(string field, IEnumerable<string> added, IEnumerable<string> removed)
    {
        ArgumentNullException.ThrowIfNull(added);
        ArgumentNullException.ThrowIfNull(removed);
        List<PrincipalChange> changes = [];
        foreach (string item in added)
        {
            changes.Add(Add(field, item));
        }
        foreach (string item in removed)
        {
            changes.Add(Remove(field, item));
        }
        return changes;
    }

    /// <summary>The same step with other items: one for a step that adds or removes.</summary>
    internal PrincipalChange WithItems(IReadOnlyList<string> items) =>
        Items is null ? new(Action, Field, items[0], null, null) : new(Action, Field, null, null, items);

    /// <summary>The time that a step sets; null where it clears it.</summary>
    internal static DateTimeOffset? ToTime(PrincipalChange change) =>
        string.IsNullOrEmpty(change.Text) ? null : DateTimeOffset.Parse(change.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Action and field; the value stays out, as it may be a secret.</summary>
    public override string ToString() => $"{Action} {Field}";

    private static bool IsName(string field) =>
        field is PrincipalField.Name or PrincipalField.Description or PrincipalField.Emails or PrincipalField.DisabledEmails or PrincipalField.ExternalMembers;

    private static void ThrowIfMembership(string field)
    {
        if (field is PrincipalField.Roles or PrincipalField.MemberOf or PrincipalField.Lists)
        {
            throw new ArgumentException($"'{field}' is never set as a whole: the server would wipe the other two memberships.", nameof(field));
        }
    }
}

/// <summary>The server's names of a principal's fields.</summary>
public static class PrincipalField
{
    /// <summary>name</summary>
    public const string Name = "name";
    /// <summary>type</summary>
    public const string Type = "type";
    /// <summary>description</summary>
    public const string Description = "description";
    /// <summary>quota</summary>
    public const string Quota = "quota";
    /// <summary>usedQuota</summary>
    public const string UsedQuota = "usedQuota";
    /// <summary>secrets</summary>
    public const string Secrets = "secrets";
    /// <summary>emails</summary>
    public const string Emails = "emails";
    /// <summary>memberOf</summary>
    public const string MemberOf = "memberOf";
    /// <summary>lists</summary>
    public const string Lists = "lists";
    /// <summary>roles</summary>
    public const string Roles = "roles";
    /// <summary>members</summary>
    public const string Members = "members";
    /// <summary>externalMembers</summary>
    public const string ExternalMembers = "externalMembers";
    /// <summary>enabledPermissions</summary>
    public const string EnabledPermissions = "enabledPermissions";
    /// <summary>disabledPermissions</summary>
    public const string DisabledPermissions = "disabledPermissions";
    /// <summary>urls</summary>
    public const string Urls = "urls";
    /// <summary>tenant</summary>
    public const string Tenant = "tenant";
    /// <summary>picture</summary>
    public const string Picture = "picture";
    /// <summary>locale</summary>
    public const string Locale = "locale";
    /// <summary>createdAt: when an API key was made (server 0.16 and later)</summary>
    public const string Created = "createdAt";
    /// <summary>expiresAt: when an API key ends (server 0.16 and later)</summary>
    public const string Expires = "expiresAt";
    /// <summary>allowedIps: where an API key may be used from (server 0.16 and later)</summary>
    public const string AllowedIps = "allowedIps";
    /// <summary>disabledEmails: addresses that are switched off (server 0.16 and later). To switch one off, it is added, and removed to switch it on.</summary>
    public const string DisabledEmails = "disabledEmails";

    /// <summary>Whether a field of a principal was fetched: then what is null or empty is so on the server.</summary>
    /// <param name="principal">The principal.</param>
    /// <param name="field">The server's name of the field, such as <c>roles</c>.</param>
    public static bool WasFetched(MailPrincipal principal, string field) => WasAskedFor(principal.Fields, field);

    /// <summary>Whether no server before 0.16 has the field.</summary>
    internal static bool IsLater(string field) => field is Created or Expires or AllowedIps or DisabledEmails;

    // None = all.
    internal static bool WasAskedFor(IReadOnlyList<string> fields, string field) => fields.Count == 0 || fields.Contains(field);

    /// <summary>Whether principals of a type can have a field.</summary>
    /// <param name="type">The type.</param>
    /// <param name="field">The server's name of the field, such as <c>quota</c>.</param>
    public static bool CanHave(string type, string field) => TypeFields.CanHave(PrincipalType.FromWire(type), field);
}
