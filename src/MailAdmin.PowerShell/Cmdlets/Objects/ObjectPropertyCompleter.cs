using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>
/// Completes the properties of the type that the line names, from the schema of the connected server: names where properties are read, and hashtables with a value where they are
/// written. Offers nothing without a connection, or when the server takes more than two seconds.
/// </summary>
public sealed class ObjectPropertyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        if (FindType(fakeBoundParameters) is not { } name)
        {
            return [];
        }
        IReadOnlyList<MailObjectProperty> properties = CompletionCache.GetOrFetch(
            CompletionConnection.Find(commandAst, fakeBoundParameters),
            "object properties " + name,
            async (client, token) => (IReadOnlyList<MailObjectProperty>)(await client.Objects.GetTypeAsync(name, token).ConfigureAwait(false)).Property);
        if (commandName.StartsWith("Get-", StringComparison.OrdinalIgnoreCase))
        {
            return CompletionResults.GetMatches(wordToComplete, properties.Select(property => (property.Name, Describe(property))));
        }
        string typed = (wordToComplete ?? "").Trim().TrimStart('@', '{').Trim();
        return properties.Where(property => !property.IsReadOnly && property.Name.StartsWith(typed, StringComparison.OrdinalIgnoreCase)).SelectMany(CreateTables);
    }

    /// <summary>The type that a line in progress names.</summary>
    internal static string? FindType(IDictionary boundParameters) => boundParameters["Type"].Unwrap() switch
    {
        string { Length: > 0 } name => name,
        object[] { Length: > 0 } several when several[0].Unwrap() is string name => name,
        ObjectIdentity[] { Length: > 0 } several => several[0].Type,
        MailObject item => item.Type,
        _ => null,
    };

    private static IEnumerable<CompletionResult> CreateTables(MailObjectProperty property)
    {
        IEnumerable<string> values = property.Word.Count > 0 ? property.Word.Select(word => $"'{CodeGeneration.EscapeSingleQuotedStringContent(word)}'") : [GetSample(property)];
        foreach (string value in values)
        {
            string table = $"@{{ {property.Name} = {value} }}";
            yield return new CompletionResult(table, property.Word.Count > 0 ? $"{property.Name} = {value}" : property.Name, CompletionResultType.ParameterValue, Describe(property));
        }
    }

    private static string GetSample(MailObjectProperty property) => property.Kind switch
    {
        "Boolean" => property.Default == "true" ? "$false" : "$true",
        "Integer" or "UnsignedInteger" or "Size" or "Float" => property.Default ?? "0",
        "Duration" => "'1m'",
        "Time" => "(Get-Date)",
        _ when property.Kind.StartsWith("Set", StringComparison.Ordinal) || property.Kind.StartsWith("List", StringComparison.Ordinal) => "@()",
        _ when property.Kind.StartsWith("Object", StringComparison.Ordinal) || property.Kind.StartsWith("Map", StringComparison.Ordinal) => "@{ }",
        _ => "''",
    };

    private static string Describe(MailObjectProperty property) =>
        property.Kind + (property.IsRequired ? ", required" : "") + (property.IsReadOnly ? ", only the server sets it" : "") + (property.Default is { } text ? $", default {text}" : "");
}
