using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Credentials;

/// <summary>
/// The app passwords or the API keys of an account of a server from 0.16 on. The server makes their secrets and shows each once. It gives the id of one that was
/// removed to the next: what an id stands for is read just before something is done to it.
/// </summary>
/// <param name="channel">The server.</param>
/// <param name="kind">Which of the two.</param>
/// <param name="accountId">The account, where it is not the caller's own.</param>
internal sealed class JmapCredentials(JmapChannel channel, CredentialKind kind, string? accountId = null)
{
    private readonly JmapWrites _writes = new(channel);

    /// <summary>All of them.</summary>
    public async Task<IReadOnlyList<JmapCredential>> ListAsync(CancellationToken cancellationToken)
    {
        // An account has a handful. Their pages would overlap: unlike that of stored objects, the anchor is in the page.
        var query = new QueryCall(kind.Type) { Limit = channel.Session.Limits.MaxObjectsInGet, AccountId = accountId };
        var get = new GetCall<JmapCredential>(kind.Type, JmapCredential.Read) { Query = query, AccountId = accountId };
        await channel.SendAsync([query, get], cancellationToken).ConfigureAwait(false);
        return get.Result.Items;
    }

    /// <summary>Makes one.</summary>
    /// <returns>Its id and its secret.</returns>
    /// <exception cref="MailServerException"><c>QuotaExceeded</c> where the account has as many as it may; <c>OutcomeUnknown</c> where nobody knows its secret.</exception>
    public async Task<(string Id, string Secret)> CreateAsync(NewCredential credential, CancellationToken cancellationToken)
    {
        HashSet<string> before = [.. (await ListAsync(cancellationToken).ConfigureAwait(false)).Select(existing => existing.Id)];
        SetOutcome outcome = await ApplyAsync(
            SetChange.Create("0", credential.Write),
            $"Making the {kind.Name} '{credential.Description}'",
            cancellationToken,
            async (changes, look) => (await ListAsync(look).ConfigureAwait(false)).FirstOrDefault(made => made.Description == credential.Description && !before.Contains(made.Id)) is { } found
                ? new Dictionary<SetChange, string> { [changes[0]] = found.Id }
                : []).ConfigureAwait(false);
        return outcome.Created?.GetText("secret") is { Length: > 0 } secret
            ? (outcome.ObjectId!, secret)
            : throw new MailServerException(
                MailErrorCode.OutcomeUnknown,
                Operations.CallJmap,
                $"The server made the {kind.Name} '{credential.Description}' (id {outcome.ObjectId}), but its answer was lost, and with it the secret, which it shows once: nobody has it. Remove it, and make another.")
            {
                Item = outcome.ObjectId,
                MayHaveBeenExecuted = true,
            };
    }

    /// <summary>Applies a patch to one.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="write">Writes paths and values.</param>
    /// <param name="action">What is done, in words.</param>
    /// <param name="isDone">Whether it is as the patch makes it.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public Task UpdateAsync(string id, Action<Utf8JsonWriter> write, string action, Func<JmapCredential, bool> isDone, CancellationToken cancellationToken) => ApplyAsync(
        SetChange.Update(id, write),
        action,
        cancellationToken,
        async (changes, look) => (await ListAsync(look).ConfigureAwait(false)).Any(credential => credential.Id == id && isDone(credential))
            ? new Dictionary<SetChange, string> { [changes[0]] = id }
            : []);

    /// <summary>Removes one.</summary>
    /// <param name="id">Its id, read just before.</param>
    /// <param name="name">Its name, for messages.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public Task DestroyAsync(string id, string name, CancellationToken cancellationToken) => ApplyAsync(SetChange.Destroy(id), $"Removing the {kind.Name} '{name}'", cancellationToken);

    private Task<SetOutcome> ApplyAsync(
        SetChange change, string action, CancellationToken cancellationToken, Func<IReadOnlyList<SetChange>, CancellationToken, Task<IReadOnlyDictionary<SetChange, string>>>? findDoneAsync = null) =>
        _writes.ApplyOneAsync(new SetOrder(kind.Type, [change]) { AccountId = accountId, FindDoneAsync = findDoneAsync }, action, cancellationToken);
}

/// <summary>A kind of credentials.</summary>
/// <param name="Type">Its type on the server.</param>
/// <param name="Name">What it is called in messages.</param>
internal sealed record CredentialKind(string Type, string Name)
{
    /// <summary>Passwords for one program each.</summary>
    public static CredentialKind AppPassword { get; } = new("x:AppPassword", "app password");

    /// <summary>Keys for programs that administer.</summary>
    public static CredentialKind ApiKey { get; } = new("x:ApiKey", "API key");

    /// <summary>Whether a credential within an account is of this kind.</summary>
    public bool IsOf(JsonElement credential) => credential.GetText("@type") is { } word && ObjectTypeName.Trim(Type) == word;
}

/// <summary>An app password or an API key.</summary>
/// <param name="Id">Its id, within its account.</param>
/// <param name="Description">What a person called it; not unique.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="ExpiresAt">When it ends; null = never.</param>
/// <param name="AllowedIps">The addresses and networks that it may be used from; none = all.</param>
/// <param name="Permissions">What it may do, as the server has it: <c>Inherit</c>, or a list that is taken out or left.</param>
internal sealed record JmapCredential(string Id, string Description, DateTimeOffset? CreatedAt, DateTimeOffset? ExpiresAt, IReadOnlyList<string> AllowedIps, CredentialPermissions Permissions)
{
    /// <summary>Reads one, as an object of its own or within an account.</summary>
    public static JmapCredential Read(JsonElement item) => new(
        item.GetText("id") ?? item.GetText("credentialId") ?? throw new JsonException("A credential has no id."),
        item.GetText("description") ?? throw new JsonException("A credential has no description."),
        ReadTime(item, "createdAt"),
        ReadTime(item, "expiresAt"),
        ReadSet(item, "allowedIps"),
        CredentialPermissions.Read(item));

    internal static IReadOnlyList<string> ReadSet(JsonElement item, string name) =>
        item.TryGetProperty(name, out JsonElement set) && set.ValueKind == JsonValueKind.Object ? [.. set.EnumerateObject().Select(member => member.Name)] : [];

    private static DateTimeOffset? ReadTime(JsonElement item, string name) =>
        item.GetText(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
}

/// <summary>What a credential may do of what its owner may.</summary>
/// <param name="Variant"><c>Inherit</c>: all; <c>Disable</c>: all but these; <c>Replace</c>: of all only these.</param>
/// <param name="Permissions">These.</param>
internal sealed record CredentialPermissions(string Variant, IReadOnlyList<string> Permissions)
{
    public const string Inherit = "Inherit";
    public const string Disable = "Disable";
    public const string Replace = "Replace";
    private const string TypeProperty = "@type";
    private const string Property = "permissions";

    /// <summary>All that the owner may do.</summary>
    public static CredentialPermissions All { get; } = new(Inherit, []);

    public static CredentialPermissions Read(JsonElement credential) => !credential.TryGetProperty(Property, out JsonElement permissions) || permissions.ValueKind != JsonValueKind.Object ? All
        : new CredentialPermissions(permissions.GetText(TypeProperty) ?? throw new JsonException("Permissions have no type."), JmapCredential.ReadSet(permissions, Property));

    /// <summary>Writes them as the value of a property.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WritePropertyName(Property);
        WriteValue(writer);
    }

    /// <summary>Writes them as a value.</summary>
    public void WriteValue(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteString(TypeProperty, Variant);
        if (Variant != Inherit)
        {
            NewCredential.WriteSet(writer, Property, Permissions);
        }
        writer.WriteEndObject();
    }
}

/// <summary>An app password or an API key to make.</summary>
/// <param name="Description">What a person calls it.</param>
internal sealed record NewCredential(string Description)
{
    /// <summary>When it ends; null = never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>The addresses and networks that it may be used from; none = all.</summary>
    public IReadOnlyList<string> AllowedIps { get; init; } = [];

    /// <summary>What it may do.</summary>
    public CredentialPermissions Permissions { get; init; } = CredentialPermissions.All;

    /// <summary>Writes its members. What is as the server has it by default is left out.</summary>
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("description", Description);
        if (WireTime.Floor(ExpiresAt) is { } end)
        {
            writer.WriteString("expiresAt", end);
        }
        if (AllowedIps.Count > 0)
        {
            WriteSet(writer, "allowedIps", AllowedIps);
        }
        if (Permissions.Variant != CredentialPermissions.Inherit)
        {
            Permissions.Write(writer);
        }
    }

    /// <summary>Writes a set: its elements are the names of members that are true.</summary>
    internal static void WriteSet(Utf8JsonWriter writer, string name, IEnumerable<string> elements)
    {
        writer.WriteStartObject(name);
        foreach (string element in elements.Distinct(StringComparer.Ordinal))
        {
            writer.WriteBoolean(element, true);
        }
        writer.WriteEndObject();
    }
}
