using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary>Tasks are found by the time they are due at, those that failed after all others.</summary>
/// <param name="store">The tasks.</param>
/// <param name="usual">The methods of stored objects, which set and get them.</param>
internal sealed class TaskMethods(RegistryStore store, IObjectMethods usual) : IObjectMethods
{
    private const string Due = "due";
    private const string Status = "status";

    // Of a state nothing but this one is filtered.
    private const string Failed = "Failed";

    public JsonObject Get(MethodContext call) => usual.Get(call);

    public JsonObject Set(MethodContext call) => usual.Set(call);

    public JsonObject Query(MethodContext call)
    {
        var query = QueryArguments.Read(call, store.Schema);
        bool isSorted = call.Arguments["sort"] is JsonArray { Count: > 0 };
        if (isSorted && query.SortBy != Due)
        {
            throw MethodException.UnsupportedSort();
        }

        Func<RegistryObject, bool>[] conditions = [.. query.Filter.Select(Compile)];
        IEnumerable<RegistryObject> found = store.List(call.Type).Values.Where(task => call.Sees(task) && conditions.All(condition => condition(task))).OrderBy(DueOf).ThenBy(task => task.Id);
        return QueryPage.CutOrdered(call, query, [.. (isSorted && query.IsAscending ? found : found.Reverse()).Select(task => task.Id)]);
    }

    private Func<RegistryObject, bool> Compile(FilterCondition condition) => condition switch
    {
        { Property: RegistrySchema.Variant, Text: { } kind } when store.Schema.Variants["Task"].Of.ContainsKey(kind) => task => task.Text(RegistrySchema.Variant) == kind,
        { Property: Status, Text: Failed } => task => DueOf(task) == DateTimeOffset.MaxValue,
        { Property: Status, Text: { } status } when store.Schema.Variants["TaskStatus"].Of.ContainsKey(status) => _ => true,
        { Property: Due, Text: { } text } when DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out DateTimeOffset time) => task => condition.Accepts(DueOf(task).CompareTo(time)),
        _ => throw MethodException.UnsupportedFilter("Nothing can be filtered by this property."),
    };

    private static DateTimeOffset DueOf(RegistryObject task) => task.Value[Status]?[RegistrySchema.Variant]?.GetValue<string>() == Failed ? DateTimeOffset.MaxValue
        : task.Value[Status]?[Due]?.GetValue<string>() is { } due ? DateTimeOffset.Parse(due, CultureInfo.InvariantCulture)
        : DateTimeOffset.MinValue;
}
