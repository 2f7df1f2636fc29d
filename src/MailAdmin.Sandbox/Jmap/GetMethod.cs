using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>What the arguments of a get ask for.</summary>
internal sealed class GetMethod
{
    private readonly RegistrySchema _schema;

    private GetMethod(RegistrySchema schema, IReadOnlyList<ulong>? ids, IReadOnlySet<string>? properties, JsonArray notFound)
    {
        _schema = schema;
        Ids = ids;
        Properties = properties;
        NotFound = notFound;
    }

    /// <summary>The ids; null for all.</summary>
    public IReadOnlyList<ulong>? Ids { get; }

    /// <summary>The properties; null for all.</summary>
    public IReadOnlySet<string>? Properties { get; }

    public JsonArray List { get; } = [];

    /// <summary>What is no id comes first, as it was written.</summary>
    public JsonArray NotFound { get; }

    public static GetMethod Read(MethodContext call, RegistrySchema schema)
    {
        var notFound = new JsonArray();
        List<ulong>? ids = null;
        if (call.Arguments["ids"] is JsonArray asked)
        {
            if (asked.Count > call.Limits.MaxGet)
            {
                throw MethodException.TooLarge();
            }

            ids = [];
            foreach (string text in asked.Select(id => id!.GetValue<string>()))
            {
                if (RegistryId.TryParse(text.StartsWith('#') && call.CreatedIds.TryGetValue(text[1..], out string? created) ? created : text, out ulong id))
                {
                    ids.Add(id);
                }
                else
                {
                    notFound.Add(text);
                }
            }
        }

        // Names that are no properties of anything are dropped; if no other is left, all come.
        var properties = (call.Arguments["properties"] as JsonArray)?.Select(name => name!.GetValue<string>())
            .Where(name => name == RegistrySchema.Variant || schema.KnownProperties.Contains(name)).ToHashSet();
        return new GetMethod(schema, ids, properties is { Count: > 0 } ? properties : null, notFound);
    }

    public void Missing(ulong id) => NotFound.Add(RegistryId.Format(id));

    /// <summary>The answer with each object that is there.</summary>
    /// <param name="call">The call.</param>
    /// <param name="all">The ids of all objects, in the order in which they come.</param>
    /// <param name="find">The object of an id with all its properties; null where there is none.</param>
    public JsonObject Answer(MethodContext call, IEnumerable<ulong> all, Func<ulong, JsonObject?> find)
    {
        foreach (ulong id in Ids ?? [.. all.Take(call.Limits.MaxGet)])
        {
            if (find(id) is { } found)
            {
                JsonObject shown = ObjectView.Show(_schema, call.Type.Name, found, Properties);
                shown["id"] = RegistryId.Format(id);
                List.Add(shown);
            }
            else
            {
                Missing(id);
            }
        }

        return Answer(call);
    }

    public JsonObject Answer(MethodContext call)
    {
        JsonObject answer = call.NewAnswer();
        answer["list"] = List;
        answer["notFound"] = NotFound;
        return answer;
    }
}
