using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Logs;

/// <summary>The methods of <c>x:Log</c>: the lines of the log, the newest first. They can be read page by page from an anchor on, which is not in its page.</summary>
/// <param name="schema">The types.</param>
/// <param name="log">The log.</param>
internal sealed class LogMethods(RegistrySchema schema, ServerLog log) : IObjectMethods
{
    /// <summary>The lines are not counted: a total is always this.</summary>
    private const int AnyTotal = 5000;

    /// <summary>Lines that are not there are left out, and not named as missing.</summary>
    public JsonObject Get(MethodContext call)
    {
        RequireLog();
        var get = GetMethod.Read(call, schema);
        IReadOnlyList<LogLine> lines = log.NewestFirst;
        IEnumerable<LogLine> asked = get.Ids is { } ids
            ? ids.Select(id => lines.FirstOrDefault(line => line.Number == id)).OfType<LogLine>()
            : lines.Take(call.Limits.MaxGet);
        foreach (LogLine line in asked)
        {
            JsonObject shown = ObjectView.Show(schema, call.Type.Name, Show(line), get.Properties);
            shown["id"] = RegistryId.Format(line.Number);
            get.List.Add(shown);
        }

        return get.Answer(call);
    }

    public JsonObject Query(MethodContext call)
    {
        RequireLog();
        var query = QueryArguments.Read(call, schema);
        if (query.SortBy != "id")
        {
            throw MethodException.UnsupportedSort();
        }

        if (query.Filter.Any(condition => condition.Property != "text" || condition.Text is null))
        {
            throw MethodException.UnsupportedFilter("A log can be filtered by a text only.");
        }

        int limit = Math.Min(query.Limit ?? call.Limits.MaxQuery, call.Limits.MaxQuery);
        IEnumerable<LogLine> lines = log.NewestFirst;
        if (query.Anchor is { } anchor)
        {
            lines = lines.SkipWhile(line => line.Number != anchor).Skip(1);
        }

        IEnumerable<ulong> page = lines.Where(line => query.Filter.All(condition => line.Raw.Contains(condition.Text!, StringComparison.Ordinal))).Take(limit).Select(line => line.Number);
        return QueryPage.Write(call, 0, page, query.CalculateTotal ? AnyTotal : null, query.CalculateTotal ? limit : null);
    }

    public JsonObject Set(MethodContext call) => SetMethod.Read(call).Apply(
        (_, _) => throw ReadOnly(),
        (_, _) => throw ReadOnly(),
        _ => throw ReadOnly());

    private void RequireLog()
    {
        if (!log.IsEnabled)
        {
            throw MethodException.InvalidArguments("No log is written.");
        }
    }

    private static JsonObject Show(LogLine line) => new()
    {
        ["timestamp"] = line.FormattedTime,
        ["level"] = line.Level.ToString().ToLowerInvariant(),
        ["event"] = line.Id,
        ["details"] = line.Details,
    };

    private static SetException ReadOnly() => SetException.Forbidden("A log can only be read.");
}
