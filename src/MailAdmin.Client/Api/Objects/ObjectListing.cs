using System.Runtime.CompilerServices;
using System.Text.Json;
using MailAdmin.Client.Api.Telemetry;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Lists the objects of a type, however the server lists them.</summary>
internal sealed class ObjectListing(ApiChannel channel, JmapChannel jmap, TypeSchema type)
{
    private const string IdProperty = "id";
    private const string TraceType = "Trace";
    private const int MaxIdsOfQuery = 5000;

    // Lists without pages: those of the queue and the tasks have only the order of what is due, and lines of the log have no order that stays.
    private static readonly Dictionary<string, string> s_onePage = new(StringComparer.Ordinal) { ["QueuedMessage"] = "due", ["Task"] = "due", ["Log"] = IdProperty };

    // Measurements and traces are not among the stored objects.
    private static readonly string[] s_telemetry = ["Metric", TraceType];

    /// <summary>The objects as the server answers them. A filter goes to the server where it can use it, and does not have to.</summary>
    public async IAsyncEnumerable<JsonElement> ListAsync(ObjectFilter? filter, IReadOnlyList<string>? properties, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (type.IsSingleton)
        {
            GetAnswer<JsonElement> only = await jmap.GetAsync(type.WireName, [MailObject.SingletonId], Read, cancellationToken, properties).ConfigureAwait(false);
            foreach (JsonElement item in only.Items)
            {
                yield return item;
            }
            yield break;
        }
        if (s_onePage.TryGetValue(type.Name, out string? order))
        {
            foreach (JsonElement item in await ListOnePageAsync(order, properties, cancellationToken).ConfigureAwait(false))
            {
                yield return item;
            }
            yield break;
        }
        Action<Utf8JsonWriter>? writeFilter = filter?.Write is { } write && await TakesFilterAsync(write, cancellationToken).ConfigureAwait(false) ? write : null;
        if (type.Name == TraceType)
        {
            writeFilter += JmapTelemetry.WriteAnyTime;
        }
        QueryForm form = s_telemetry.Contains(type.Name) ? JmapTelemetry.OldestFirst : QueryForm.Stored;
        await foreach (JsonElement item in jmap.ListAsync(type.WireName, Read, writeFilter, properties, form: form, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            yield return item;
        }
    }

    // Which properties have an index only the server knows.
    private async Task<bool> TakesFilterAsync(Action<Utf8JsonWriter> write, CancellationToken cancellationToken)
    {
        var query = new QueryCall(type.WireName) { Filter = write, Limit = 1 };
        await jmap.SendAsync([query], cancellationToken).ConfigureAwait(false);
        try
        {
            _ = query.Result;
            return true;
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.Unsupported or MailErrorCode.InvalidRequest)
        {
            return false;
        }
    }

    private async Task<IReadOnlyList<JsonElement>> ListOnePageAsync(string order, IReadOnlyList<string>? properties, CancellationToken cancellationToken)
    {
        var query = new QueryCall(type.WireName) { SortProperty = order, Limit = MaxIdsOfQuery };
        await jmap.SendAsync([query], cancellationToken).ConfigureAwait(false);
        IReadOnlyList<string> ids = query.Result.Ids;
        if (await jmap.IsLastPageAsync(query, cancellationToken).ConfigureAwait(false) == false)
        {
            channel.Warnings.Warn($"The server lists {ids.Count} objects of the type {type.Name} at most: there may be more.");
        }
        return (await jmap.GetAsync(type.WireName, ids, Read, cancellationToken, properties).ConfigureAwait(false)).Items;
    }

    private static JsonElement Read(JsonElement item) => item.Clone();
}
