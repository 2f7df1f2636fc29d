using System.Collections;
using System.Net;
using System.Runtime.CompilerServices;
using System.Security;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Api.Objects;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client;

/// <summary>
/// The objects of a server from 0.16 on, of whatever type: what they have is read from the schema that the server serves. Servers before it have settings in their place
/// (<see cref="SettingsResource"/>).
/// </summary>
public sealed class ObjectResource
{
    private const string ActionType = "x:Action";
    private readonly ApiChannel _channel;
    private readonly JmapChannel? _jmap;
    private readonly ObjectSchemaSource _source;

    internal ObjectResource(ApiChannel channel, JmapChannel? jmap, ObjectSchemaSource source) => (_channel, _jmap, _source) = (channel, jmap, source);

    private JmapChannel Jmap => _jmap ?? throw new MailServerException(
        MailErrorCode.Unsupported, Operations.CallJmap, "Servers before 0.16 have no objects: their settings have keys. Use Get-MailSetting, Set-MailSetting and Remove-MailSetting.");

    /// <summary>All types that can be read (GET /schema, GET /schema/{hash}; once a connection).</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>Unsupported</c>: the server is older than 0.16.</exception>
    public async Task<IReadOnlyList<MailObjectType>> ListTypesAsync(CancellationToken cancellationToken) =>
        [.. (await GetSchemaAsync(cancellationToken).ConfigureAwait(false)).Types.Select(type => ObjectTypes.Describe(type.Shape, type))];

    /// <summary>A type, or what stands inside of objects, by its name (GET /schema, GET /schema/{hash}; once a connection).</summary>
    /// <param name="name">The name, such as <c>Http</c> or <c>Rate</c>.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: there is none.</exception>
    public async Task<MailObjectType> GetTypeAsync(string name, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(name);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        return schema.Find(name) is null && schema.FindShape(name) is { } inner ? ObjectTypes.Describe(inner, null) : ObjectTypes.Describe(schema.Get(name).Shape, schema.Get(name));
    }

    /// <summary>The objects of a type, page by page as they are read (POST /jmap).</summary>
    /// <param name="query">The type, and which of its objects.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: the type has no such property.</exception>
    public async IAsyncEnumerable<MailObject> ListAsync(ObjectQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        TypeSchema type = schema.Get(query.Type);
        ObjectFilter? filter = query.Filter is null ? null : new ObjectFilter(schema, type, query.Filter);
        string[]? wanted = FindProperties(type, query.Property);
        var reader = new ObjectReader(schema);
        await foreach (JsonElement item in new ObjectListing(_channel, Jmap, type).ListAsync(filter, wanted is null ? null : AddNeeded(type, [.. wanted.Union(filter?.Names ?? [])]), cancellationToken).ConfigureAwait(false))
        {
            if (filter?.IsMatch(item) != false)
            {
                yield return Select(reader.Read(type, item), wanted);
            }
        }
    }

    /// <summary>Objects by their ids (POST /jmap). What is missing in the answer does not exist.</summary>
    /// <param name="type">The type.</param>
    /// <param name="ids">The ids; <c>singleton</c> of a type of which there is one.</param>
    /// <param name="properties">The properties to read; none = all of them.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>: the type has no such property, or an id is none.</exception>
    public async Task<IReadOnlyList<MailObject>> GetAsync(string type, IReadOnlyCollection<string> ids, IReadOnlyList<string> properties, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(ids);
        ArgumentNullException.ThrowIfNull(properties);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        TypeSchema found = schema.Get(type);
        ThrowIfNoIds(found, ids);
        string[]? wanted = FindProperties(found, properties);
        var reader = new ObjectReader(schema);
        GetAnswer<MailObject> answer = await Jmap.GetAsync(found.WireName, ids, item => reader.Read(found, item), cancellationToken, wanted is null ? null : AddNeeded(found, wanted)).ConfigureAwait(false);
        return [.. answer.Items.Select(item => Select(item, wanted))];
    }

    /// <summary>Checks a new object, and sends nothing of it (GET /schema, GET /schema/{hash}, once a connection; POST /jmap to read what it may clash with).</summary>
    /// <param name="type">The type.</param>
    /// <param name="values">Its properties: texts, numbers, truth values, time spans, times, hashtables and lists; <c>@type</c> says which variant it is.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>, <c>FieldMissing</c>, <c>AlreadyExists</c> or <c>NotFound</c>, with the property.</exception>
    public async Task<ObjectCreation> PrepareCreationAsync(string type, IDictionary values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(values);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        TypeSchema found = schema.Get(type);
        if (found.IsSingleton)
        {
            throw ObjectWriter.Refuse("Type", $"There is one {found.Name}, and it is always there: creating it would set all of it to its defaults. Change it with Set-MailObject {found.Name}.");
        }
        ServerMade.ThrowIfNever(found, SetKind.Create);
        var writer = new ObjectWriter(schema);
        JsonObject value = writer.WriteNew(found, values);
        IReadOnlyList<string> warnings = await new ObjectCautions(Jmap, found).CheckCreationAsync(value, writer.RoleIds, cancellationToken).ConfigureAwait(false);
        return new ObjectCreation(found, value, writer.Secrets, new ObjectText(schema).ShowMembers(found.Shape, value), [.. writer.Notices, .. warnings]);
    }

    /// <summary>Creates an object (POST /jmap). It is in force after its reload, see <see cref="ReloadAsync"/>.</summary>
    /// <param name="creation">The object.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The object as the server has it. A secret that the server made is in it this once, as a <see cref="SecureString"/>.</returns>
    /// <exception cref="MailServerException">It was refused; <c>OutcomeUnknown</c> where the answer was lost.</exception>
    public async Task<MailObject> CreateAsync(ObjectCreation creation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(creation);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        TypeSchema type = creation.Schema;
        var change = SetChange.Create("0", writer => WriteMembers(writer, creation.Value));
        SetOutcome outcome = await ApplyAsync(new SetOrder(type.WireName, [change]) { Secrets = creation.Secrets }, $"Creating {type.Name}{(creation.Name is { } name ? $" '{name}'" : "")}", schema, cancellationToken).ConfigureAwait(false);
        MailObject? made = outcome.ObjectId is null ? null
            : await FindAsync(type, outcome.ObjectId, schema, $"The new {type.Name} '{outcome.ObjectId}' was created. What else the server made of it could not be read.", cancellationToken).ConfigureAwait(false);
        WarnOfOther(type, creation.Value.Select(member => (member.Key, member.Value)), made);
        return AddCreated(type, made, outcome, schema);
    }

    /// <summary>Compares an object with what is to be different, and sends nothing of that (POST /jmap to read it).</summary>
    /// <param name="type">The type.</param>
    /// <param name="id">The id.</param>
    /// <param name="values">The properties that are to be different, as of a new object.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>RejectedByClient</c>, <c>AlreadyExists</c> or <c>NotFound</c>, with the property; <c>NotFound</c>.</exception>
    public async Task<ObjectUpdate> PrepareUpdateAsync(string type, string id, IDictionary values, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(values);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        TypeSchema found = schema.Get(type);
        ServerMade.ThrowIfNever(found, SetKind.Update);
        JsonElement current = await ReadAsync(found, id, cancellationToken).ConfigureAwait(false);
        ObjectPatch patch = Compare(schema, found, current, values);
        IReadOnlyList<string> cautions = patch.Values.Count == 0 ? []
            : await new ObjectCautions(Jmap, found).CheckUpdateAsync(JsonObject.Create(current)!, patch.Values, patch.RoleIds, cancellationToken).ConfigureAwait(false);
        return new ObjectUpdate(found, new ObjectReader(schema).Read(found, current), values, patch, cautions);
    }

    /// <summary>Sends a change (POST /jmap). It is in force after its reload, see <see cref="ReloadAsync"/>.</summary>
    /// <param name="update">The change.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <returns>The object as the server has it now.</returns>
    /// <exception cref="MailServerException">It was refused; <c>OutcomeUnknown</c> where no look could tell.</exception>
    public async Task<MailObject> UpdateAsync(ObjectUpdate update, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(update);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        if (update.Changes.Count == 0)
        {
            return update.Before;
        }
        await ApplyAsync(
            new SetOrder(update.Type.WireName, [SetChange.Update(update.Before.Id, update.Patch.Write)])
            {
                Secrets = update.Patch.Secrets,
                FindDoneAsync = (changes, look) => FindUpdatedAsync(schema, update, changes[0], look),
            },
            $"Changing {update.Before}",
            schema,
            cancellationToken).ConfigureAwait(false);
        MailObject? now = await FindAsync(update.Type, update.Before.Id, schema, $"{update.Before} was changed. What is shown of it is from before: it could not be read again.", cancellationToken).ConfigureAwait(false);
        WarnOfOther(update.Type, update.Patch.Values, Jmap.Forecast is null ? now : null);
        return now ?? update.Before;
    }

    /// <summary>Removes an object (POST /jmap). It is in force after its reload, see <see cref="ReloadAsync"/>.</summary>
    /// <param name="item">The object.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    /// <exception cref="MailServerException"><c>InUse</c> with who refers to it; <c>NotFound</c>; <c>RejectedByClient</c> for what there is once.</exception>
    public async Task RemoveAsync(MailObject item, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(item);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        TypeSchema type = schema.Get(item.Type);
        ThrowIfSingleton(type);
        await ApplyAsync(new SetOrder(type.WireName, [SetChange.Destroy(item.Id)]), $"Removing {item}", schema, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads what is to be removed (POST /jmap).</summary>
    /// <param name="type">The type.</param>
    /// <param name="id">The id.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException"><c>NotFound</c>; <c>RejectedByClient</c> for what there is once.</exception>
    public async Task<MailObject> FindRemovableAsync(string type, string id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        ArgumentNullException.ThrowIfNull(id);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        TypeSchema found = schema.Get(type);
        ThrowIfSingleton(found);
        ServerMade.ThrowIfNever(found, SetKind.Destroy);
        return new ObjectReader(schema).Read(found, await ReadAsync(found, id, cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whether objects of a type can be made, by those who are allowed to: what there is once is always there.</summary>
    /// <param name="type">The type.</param>
    public static bool CanCreate(MailObjectType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return !type.IsSingleton && !ServerMade.IsNever(type.Name, SetKind.Create);
    }

    /// <summary>Whether objects of a type can be changed, by those who are allowed to.</summary>
    /// <param name="type">The type.</param>
    public static bool CanChange(MailObjectType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsReadable && !ServerMade.IsNever(type.Name, SetKind.Update);
    }

    /// <summary>Whether objects of a type can be removed, by those who are allowed to.</summary>
    /// <param name="type">The type.</param>
    public static bool CanRemove(MailObjectType type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type is { IsReadable: true, IsSingleton: false } && !ServerMade.IsNever(type.Name, SetKind.Destroy);
    }

    /// <summary>What is lost with an object when it is removed, besides itself; null for nothing.</summary>
    /// <param name="item">The object.</param>
    public static string? GetRemovalLoss(MailObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ObjectCautions.FindLoss(item);
    }

    /// <summary>What remains to be done when an object is removed; null for nothing.</summary>
    /// <param name="item">The object.</param>
    public static string? GetRemovalWarning(MailObject item)
    {
        ArgumentNullException.ThrowIfNull(item);
        return ObjectCautions.FindRemainder(item);
    }

    /// <summary>Puts into force what was written (POST /jmap, Action). After one error in the settings, whatever was written, nothing of them is.</summary>
    /// <param name="action">The action, as <see cref="MailObjectType.Reload"/> names it.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <exception cref="MailServerException">The server found an error; the message names the object that has it.</exception>
    public async Task ReloadAsync(string action, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(action);
        ObjectSchema schema = await GetSchemaAsync(cancellationToken).ConfigureAwait(false);
        var change = SetChange.Create("0", writer => writer.WriteString(ObjectShape.VariantMember, action));
        SetOutcome outcome = (await new JmapWrites(Jmap).ApplyAsync(new SetOrder(ActionType, [change]), cancellationToken).ConfigureAwait(false))[0];
        if (outcome.Error is { ConflictingObject: { } culprit } error)
        {
            string named = await new ObjectErrors(Jmap, schema).DescribeAsync(culprit, cancellationToken).ConfigureAwait(false);
            throw new MailServerException(error.Code, error.Operation, $"{named} has an error, so nothing was reloaded ({action}): {error.Details ?? error.Message}", error)
            {
                ServerCode = error.ServerCode,
                Field = error.Field,
                Details = error.Details,
                Method = error.Method,
                ConflictingObject = culprit,
            };
        }
        if (outcome.Error is { } other)
        {
            throw other;
        }
    }

    // The server may make something else of a text than what was sent.
    private void WarnOfOther(TypeSchema type, IEnumerable<(string Name, JsonNode? Value)> sent, MailObject? made)
    {
        foreach ((string name, JsonNode? value) in made is null ? [] : sent)
        {
            if (type.Shape.Properties.FirstOrDefault(property => property.Name == name)?.Type is { Kind: ValueKind.Text, Format: "string" or "uri" or "emailAddress" }
                && value is JsonValue said && said.TryGetValue(out string? text) && made!.Property.TryGetValue(name, out object? held) && held is string stored && !stored.Equals(text, StringComparison.OrdinalIgnoreCase))
            {
                Jmap.Warn(ObjectWriter.DescribeOther(name, text, stored));
            }
        }
    }

    private static void ThrowIfSingleton(TypeSchema type)
    {
        if (type.IsSingleton)
        {
            throw ObjectWriter.Refuse("Type", $"There is one {type.Name}, and it cannot be removed. Change it with Set-MailObject {type.Name}.");
        }
    }

    private static void ThrowIfNoIds(TypeSchema type, IEnumerable<string> ids)
    {
        foreach (string id in ids)
        {
            JmapId.ThrowIfInvalid(id, $"{type.WireName}/get", ObjectNames.FindProperty(type));
        }
    }

    private static ObjectPatch Compare(ObjectSchema schema, TypeSchema type, JsonElement current, IDictionary values)
    {
        var patch = new ObjectPatch(schema, type);
        patch.Compare(JsonObject.Create(current.Clone())!, values);
        return patch;
    }

    private static void WriteMembers(Utf8JsonWriter writer, JsonObject value)
    {
        foreach ((string name, JsonNode? member) in value)
        {
            writer.WritePropertyName(name);
            if (member is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                member.WriteTo(writer);
            }
        }
    }

    // Only unknown names would be all properties: each is known.
    private static string[]? FindProperties(TypeSchema type, IReadOnlyList<string> names)
    {
        if (names.Count == 0)
        {
            return null;
        }
        var known = type.Shape.Properties.ToDictionary(property => property.Name, StringComparer.OrdinalIgnoreCase);
        return [.. names.Select(name => name.Equals(ObjectShape.VariantMember, StringComparison.OrdinalIgnoreCase) && type.Shape.HasVariants ? ObjectShape.VariantMember
            : known.TryGetValue(name, out PropertySchema? property) ? property.Name
            : throw ObjectFilter.CreateUnknownError(type, name)).Distinct()];
    }

    // What a property is may depend on the variant.
    private static string[] AddNeeded(TypeSchema type, string[] properties) => type.Shape.HasVariants ? [.. properties.Union([ObjectShape.VariantMember])] : properties;

    private static MailObject Select(MailObject item, string[]? wanted)
    {
        if (wanted is null)
        {
            return item;
        }
        var values = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (string name in wanted.Where(item.Property.ContainsKey))
        {
            values[name] = item.Property[name];
        }
        return new MailObject(item.Type, item.Id, new NamedValues(values));
    }

    private static MailObject AddCreated(TypeSchema type, MailObject? made, SetOutcome outcome, ObjectSchema schema)
    {
        MailObject basis = made ?? new MailObject(type.Name, outcome.ObjectId ?? "", NamedValues.Empty);
        if (outcome.Created is not { } created)
        {
            return basis;
        }
        var values = new OrderedDictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, object? value) in basis.Property)
        {
            values[name] = value;
        }
        var reader = new ObjectReader(schema);
        foreach (JsonProperty member in created.EnumerateObject().Where(member => member.Name != "id"))
        {
            ObjectValueType? kind = type.Shape.Properties.FirstOrDefault(property => property.Name == member.Name)?.Type;
            values[member.Name] = kind is { Kind: ValueKind.Secret } && member.Value.GetString() is { } secret ? new NetworkCredential("", secret).SecurePassword
                : kind is null ? NamedValues.FromJson(member.Value) : reader.Read(kind, member.Value);
        }
        return new MailObject(basis.Type, basis.Id, new NamedValues(values));
    }

    private async Task<ObjectSchema> GetSchemaAsync(CancellationToken cancellationToken)
    {
        _ = Jmap;
        return await _source.GetAsync(_channel, cancellationToken).ConfigureAwait(false);
    }

    private async Task<SetOutcome> ApplyAsync(SetOrder order, string action, ObjectSchema schema, CancellationToken cancellationToken)
    {
        SetOutcome outcome = (await new JmapWrites(Jmap).ApplyAsync(order, cancellationToken).ConfigureAwait(false))[0];
        return outcome.Error is { } error ? throw await new ObjectErrors(Jmap, schema).ExplainAsync(error, action, cancellationToken).ConfigureAwait(false) : outcome;
    }

    private async Task<JsonElement> ReadAsync(TypeSchema type, string id, CancellationToken cancellationToken)
    {
        ThrowIfNoIds(type, [id]);
        GetAnswer<JsonElement> answer = await Jmap.GetAsync(type.WireName, [id], static item => item.Clone(), cancellationToken).ConfigureAwait(false);
        return answer.Items is [var only] ? only : throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"The server has no {type.Name} with the id '{id}'. Get-MailObject {type.Name} lists what it has.") { Item = id };
    }

    // It was written: that it cannot be read since is no failure. Who may write it need not be allowed to read it.
    private async Task<MailObject?> FindAsync(TypeSchema type, string id, ObjectSchema schema, string warning, CancellationToken cancellationToken)
    {
        try
        {
            var reader = new ObjectReader(schema);
            GetAnswer<MailObject> answer = await Jmap.GetAsync(type.WireName, [id], item => reader.Read(type, item), cancellationToken).ConfigureAwait(false);
            return answer.Items is [var only] ? only : null;
        }
        catch (MailServerException e)
        {
            if (e.Code is not (MailErrorCode.Forbidden or MailErrorCode.Unsupported))
            {
                Jmap.Warn($"{warning} {e.Message}");
            }
            return null;
        }
    }

    // A secret does not show.
    private async Task<IReadOnlyDictionary<SetChange, string>> FindUpdatedAsync(ObjectSchema schema, ObjectUpdate update, SetChange change, CancellationToken cancellationToken)
    {
        JsonElement now = await ReadAsync(update.Type, update.Before.Id, cancellationToken).ConfigureAwait(false);
        return update.Patch.Secrets.Count == 0 && Compare(schema, update.Type, now, update.Values).Values.Count == 0
            ? new Dictionary<SetChange, string> { [change] = update.Before.Id }
            : new Dictionary<SetChange, string>();
    }
}
