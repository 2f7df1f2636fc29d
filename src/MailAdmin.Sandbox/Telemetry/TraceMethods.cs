using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Values;

namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The methods of <c>x:Trace</c>: the spans that refer to a message.</summary>
/// <param name="schema">The types.</param>
/// <param name="traces">The spans.</param>
/// <param name="isKept">Whether a store is configured for them.</param>
/// <param name="clock">The server's clock.</param>
internal sealed class TraceMethods(RegistrySchema schema, TraceStore traces, Func<bool> isKept, TimeProvider clock) : IObjectMethods
{
    private static readonly string[] s_searchedKeys = ["from", "to", "domain", "hostname"];

    public JsonObject Get(MethodContext call) =>
        GetMethod.Read(call, schema).Answer(call, FindLastDay(), id => Find(id) is { } span ? Show(span) : null);

    public JsonObject Query(MethodContext call)
    {
        var query = QueryArguments.Read(call, schema);
        List<Func<TraceSpan, bool>> conditions = [.. query.Filter.Select(Compile)];
        if (query.SortBy is not ("id" or "timestamp"))
        {
            throw MethodException.UnsupportedSort();
        }

        if (!query.Filter.Any(condition => condition.Property is "text" or "queueId" or "timestamp"))
        {
            conditions.Add(IsOfLastDay);
        }

        ulong[] newestFirst = [.. traces.Find(span => conditions.All(condition => condition(span))).Select(span => span.Id)];
        return QueryPage.CutOrdered(call, query, query.IsAscending ? [.. newestFirst.Reverse()] : newestFirst);
    }

    public JsonObject Set(MethodContext call) => MetricMethods.RefuseSet(call);

    // Nothing is looked for until the first is asked for.
    private IEnumerable<ulong> FindLastDay()
    {
        foreach (TraceSpan span in traces.Find(IsOfLastDay))
        {
            yield return span.Id;
        }
    }

    private bool IsOfLastDay(TraceSpan span) => span.Id > SnowflakeIdGenerator.FindFirst(clock.GetUtcNow().AddDays(-1), clock.GetUtcNow());

    /// <exception cref="MethodException">There is no store.</exception>
    private TraceSpan? Find(ulong id) => isKept() ? traces.Find(id) : throw MethodException.Unavailable();

    private Func<TraceSpan, bool> Compile(FilterCondition condition)
    {
        switch (condition.Property)
        {
            case "timestamp" when RequestTime.Parse(condition.Text) is { } time && SnowflakeIdGenerator.FindFirst(time, clock.GetUtcNow()) is { } bound:
                return span => condition.Accepts(span.Id.CompareTo(bound));
            case "event" when condition.Text is { } name && EventNames.IsEvent(name):
                return span => span.Start.Type == name;
            case "queueId" when RegistryId.TryParse(condition.Text, out ulong message):
                return span => span.Events.Any(traceEvent => traceEvent.RefersToMessage(message));
            case "text" when condition.Text is { } text:
                string[][] parts = [.. text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(part => GetWords(part))];
                return span => parts.All(words => words.Length > 0) && parts.SelectMany(words => words).All(GetWords(span).Contains);
            default:
                throw MethodException.UnsupportedFilter("Traces cannot be filtered so.");
        }
    }

    /// <summary>The words of addresses and names: an address has several.</summary>
    private static HashSet<string> GetWords(TraceSpan span) => [.. span.Events.SelectMany(traceEvent => traceEvent.Data).SelectMany(pair => pair.Value switch
    {
        string text when s_searchedKeys.Contains(pair.Key) => GetWords(text),
        IEnumerable<string> texts when pair.Key == "to" => [.. texts.SelectMany(GetWords)],
        IPAddress address when pair.Key == "remoteIp" => GetWords(address.ToString()),
        _ => [],
    })];

    private static string[] GetWords(string text) =>
        new string([.. text.Select(letter => char.IsLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : ' ')]).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Sender, recipients and size are those of the first event that has them.</summary>
    private static JsonObject Show(TraceSpan span)
    {
        var shown = new JsonObject { ["events"] = TelemetryView.ShowList(span.Events.Select(TelemetryView.Show)), ["timestamp"] = Timestamp.Format(span.Start.At) };
        ILookup<string, object?> values = span.Events.SelectMany(traceEvent => traceEvent.Data).ToLookup(pair => pair.Key, pair => pair.Value);
        foreach (string key in (string[])["from", "to", "size"])
        {
            JsonNode? value = values[key].FirstOrDefault() switch
            {
                string text => text,
                IEnumerable<string> texts => string.Join("; ", texts),
                int number => number,
                long number => number,
                _ => null,
            };
            if (value is not null)
            {
                shown[key] = value;
            }
        }

        return shown;
    }
}
