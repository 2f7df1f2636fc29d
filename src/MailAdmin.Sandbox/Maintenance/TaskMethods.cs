using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Maintenance;

/// <summary>The methods of <c>x:Task</c>: a query goes by the time that a task is due at, and one that failed never is.</summary>
/// <param name="store">The tasks.</param>
/// <param name="usual">Reads and changes them.</param>
internal sealed class TaskMethods(RegistryStore store, IObjectMethods usual) : IObjectMethods
{
    private const string Status = "status";

    public JsonObject Get(MethodContext call) => usual.Get(call);

    public JsonObject Set(MethodContext call) => usual.Set(call);

    public JsonObject Query(MethodContext call)
    {
        var query = QueryArguments.Read(call, store.Schema);
        if (call.Arguments["sort"] is JsonArray { Count: > 0 } && query.SortBy != "due")
        {
            throw MethodException.UnsupportedSort();
        }

        Func<RegistryObject, bool>[] conditions = [.. query.Filter.Select(Compile)];
        IEnumerable<ulong> found = store.List(call.Type).Values.Where(task => conditions.All(condition => condition(task)))
            .OrderBy(FindDue).ThenBy(task => task.Id).Select(task => task.Id);
        return QueryPage.CutOrdered(call, query, [.. query.IsAscending ? found : found.Reverse()]);
    }

    private Func<RegistryObject, bool> Compile(FilterCondition condition)
    {
        switch (condition.Property)
        {
            case RegistrySchema.Variant when condition.Text is { } type && store.Schema.Variants["Task"].Of.ContainsKey(type):
                return task => task.Text(RegistrySchema.Variant) == type;
            case Status when condition.Text is { } status && store.Schema.Variants["TaskStatus"].Of.ContainsKey(status):
                // Of the three only this one does anything.
                return task => status != "Failed" || task.Value[Status]![RegistrySchema.Variant]!.GetValue<string>() == status;
            case "due" when DateTimeOffset.TryParse(condition.Text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time):
                return task => condition.Accepts(FindDue(task).CompareTo(time));
            default:
                throw MethodException.UnsupportedFilter("Tasks cannot be filtered so.");
        }
    }

    private static DateTimeOffset FindDue(RegistryObject task) =>
        task.Value[Status]!["due"]?.GetValue<string>() is { } due ? DateTimeOffset.Parse(due, CultureInfo.InvariantCulture) : DateTimeOffset.MaxValue;
}
