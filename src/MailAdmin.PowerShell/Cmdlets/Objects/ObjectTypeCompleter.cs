using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Completes types of objects from the schema of the connected server, those that the command can use. Offers nothing without a connection, or when the server takes more than two seconds.</summary>
public sealed class ObjectTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionResults.GetMatches(wordToComplete, CompletionCache
            .GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "object types", (client, token) => client.Objects.ListTypesAsync(token))
            .Where(type => CanUse(commandName, type))
            .Select(type => (type.Name, string.Join(", ", type.Property.Select(property => property.Name)))));

    // What is done, such as an action, is not kept.
    private static bool CanUse(string command, MailObjectType type) => command.ToUpperInvariant() switch
    {
        "GET-MAILOBJECTTYPE" => true,
        "NEW-MAILOBJECT" => ObjectResource.CanCreate(type),
        "SET-MAILOBJECT" => ObjectResource.CanChange(type),
        "REMOVE-MAILOBJECT" => ObjectResource.CanRemove(type),
        _ => type.IsReadable,
    };
}
