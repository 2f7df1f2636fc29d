using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// Tells what a server would answer to changes: whether the account may make them, whether what they name is there, what they take is free, and nothing refers to what they remove.
/// Errors are those of the server, in its form. What the account may not read is left to the server.
/// </summary>
internal sealed class WriteForecast(ApiChannel api, ObjectSchemaSource source) : IWriteForecast
{
    // The largest number of an object but that of the recovery administrator, which stands for those that would be made.
    private static readonly string s_newId = JmapId.FromNumber(uint.MaxValue - 1);

    // What does not exist yet, and what is made later may name.
    private readonly ConcurrentDictionary<string, bool> _made = new(StringComparer.Ordinal);

    // What would be gone refers to nothing any more.
    private readonly ConcurrentDictionary<ObjectReference, bool> _gone = new();

    public async Task<IReadOnlyList<SetOutcome>> ForecastAsync(JmapChannel channel, SetOrder order, CancellationToken cancellationToken)
    {
        ObjectSchema schema = await source.GetAsync(api, cancellationToken).ConfigureAwait(false);
        TypeSchema type = schema.Get(ObjectTypeName.Trim(order.Type));
        var outcomes = new List<SetOutcome>();
        foreach (SetChange change in order.Changes)
        {
            MailServerException? error = await FindErrorAsync(channel, schema, type, order, change, cancellationToken).ConfigureAwait(false);
            outcomes.Add(error is not null ? SetOutcome.Failed(change, error) : change.Kind == SetKind.Create ? Make(type, change) : SetOutcome.Done(change, change.Key));
        }
        return outcomes;
    }

    // A secret that the server would make is none here.
    private SetOutcome Make(TypeSchema type, SetChange change)
    {
        _made[type.Name] = true;
        var created = new JsonObject { ["id"] = s_newId };
        foreach (PropertySchema secret in type.Shape.Properties.Where(property => property is { IsReadOnly: true, Type.Kind: ValueKind.Secret }))
        {
            created[secret.Name] = "-";
        }
        return SetOutcome.Done(change, s_newId, JsonElement.Parse(created.ToJsonString()));
    }

    private async Task<MailServerException?> FindErrorAsync(JmapChannel channel, ObjectSchema schema, TypeSchema type, SetOrder order, SetChange change, CancellationToken cancellationToken)
    {
        JsonObject value = change.Kind == SetKind.Destroy ? [] : change.ReadValue();
        if (FindMissingPermission(channel, type, change.Kind, value) is { } lacking)
        {
            return lacking;
        }
        var refusal = new SetRefusal(type, order, change);
        if (type.Name is "ApiKey" or "AppPassword" && order.AccountId is null && channel.Session.IsRecoveryAdministrator)
        {
            // It has no account that could have one.
            return refusal.NotFound();
        }
        if (change.Kind == SetKind.Destroy)
        {
            return type.IsSingleton ? refusal.Singleton()
                : !await ExistsAsync(channel, type, change.Key, order.AccountId, cancellationToken).ConfigureAwait(false) ? refusal.NotFound()
                : ObjectLinks.Hold(type) ? await FindLinkedAsync(channel, schema, type, refusal, change.Key, cancellationToken).ConfigureAwait(false)
                : null;
        }
        WarnOfExpressions(channel, value);
        if (!ObjectLinks.Hold(type) && !GivenPermissions.AreGivenBy(type))
        {
            return null;
        }
        JsonObject? before = change.Kind == SetKind.Create ? null : await ReadAsync(channel, type, change.Key, order.AccountId, cancellationToken).ConfigureAwait(false);
        if (before is null && change.Kind == SetKind.Update)
        {
            return null;
        }
        JsonObject after = before is null ? FillIn(type, value, order.AccountId ?? channel.Session.AccountId) : PatchedObject.Apply(before, value);
        return await FindErrorAsync(channel, schema, type, refusal, before, after, cancellationToken).ConfigureAwait(false);
    }

    // What nobody says of a new object, and the server knows: whose it is.
    private static JsonObject FillIn(TypeSchema type, JsonObject value, string accountId)
    {
        foreach (PropertySchema property in type.Shape.GetForm(ObjectShape.GetVariant(value)).Values.Where(property => property.IsFilledIn && !value.ContainsKey(property.Name)))
        {
            value[property.Name] = accountId;
        }
        return value;
    }

    private async Task<MailServerException?> FindErrorAsync(
        JmapChannel channel, ObjectSchema schema, TypeSchema type, SetRefusal refusal, JsonObject? before, JsonObject after, CancellationToken cancellationToken)
    {
        var references = new ReferenceReader(schema);
        if ((references.FindUnknownWord(type.Shape, after) ?? DomainEnding.FindRefused(type, before, after)) is { } property)
        {
            return refusal.InvalidValue(property);
        }
        if (await new GivenPermissions(api, channel).FindMissingAsync(type, before, after, cancellationToken).ConfigureAwait(false) is { Count: > 0 } lacking)
        {
            return SetRefusal.Ungivable(lacking);
        }
        if (!ObjectLinks.Hold(type))
        {
            return null;
        }
        FoundReference[] added = [.. references.Find(type.Shape, after).Except(before is null ? [] : references.Find(type.Shape, before))];
        if (await new ReferenceTargets(channel, schema, id => id == s_newId && !_made.IsEmpty).FindMissingAsync(added, after, cancellationToken).ConfigureAwait(false) is { } missing)
        {
            return refusal.Missing(missing);
        }
        return await new ObjectKeys(channel, schema).FindTakenAsync(type, after, before, refusal.OwnId, cancellationToken).ConfigureAwait(false) is var (key, holder) ? refusal.Taken(key, holder) : null;
    }

    private async Task<MailServerException?> FindLinkedAsync(JmapChannel channel, ObjectSchema schema, TypeSchema type, SetRefusal refusal, string id, CancellationToken cancellationToken)
    {
        ObjectReference[] linked = [.. (await new ObjectLinks(channel, schema).FindAsync(type, id, cancellationToken).ConfigureAwait(false)).Where(other => !_gone.ContainsKey(other))];
        if (linked.Length > 0)
        {
            return refusal.Linked(linked);
        }
        _gone[new ObjectReference(type.Name, id)] = true;
        return null;
    }

    private static void WarnOfExpressions(JmapChannel channel, JsonObject value)
    {
        foreach ((string path, string text) in ExpressionText.Find(value).Where(expression => ExpressionText.HasNames(expression.Text)))
        {
            channel.Warn($"Whether the server knows the names in '{text}' ({path}) is unknown: it reads an expression when it is written.");
        }
    }

    private static MailServerException? FindMissingPermission(JmapChannel channel, TypeSchema type, SetKind kind, JsonObject value)
    {
        if (type.PermissionPrefix.Length == 0)
        {
            return null;
        }
        string? own = kind == SetKind.Create && type.Name is "Action" or "Task" && ObjectShape.GetVariant(value) is { } variant ? $"{type.Name.ToLowerInvariant()}{variant}" : null;
        try
        {
            channel.Permissions.ThrowIfLacking(own is null ? [type.PermissionPrefix + kind] : [type.PermissionPrefix + kind, own], $"to {kind.ToString().ToLowerInvariant()} an object of type {type.Name}");
            return null;
        }
        catch (MailServerException e)
        {
            return e;
        }
    }

    // True where the account may not look.
    private static async Task<bool> ExistsAsync(JmapChannel channel, TypeSchema type, string id, string? accountId, CancellationToken cancellationToken)
    {
        try
        {
            return (await channel.FindMissingAsync(type.WireName, [id], cancellationToken, accountId).ConfigureAwait(false)).Count == 0;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return true;
        }
    }

    private static async Task<JsonObject?> ReadAsync(JmapChannel channel, TypeSchema type, string id, string? accountId, CancellationToken cancellationToken)
    {
        try
        {
            GetAnswer<JsonObject?> answer = await channel.GetAsync(type.WireName, [id], item => JsonObject.Create(item.Clone()), cancellationToken, accountId: accountId).ConfigureAwait(false);
            return answer.Items is [var only] ? only : null;
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.Forbidden)
        {
            return null;
        }
    }
}
