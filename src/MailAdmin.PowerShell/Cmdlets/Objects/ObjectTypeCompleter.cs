using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Completes types of objects from the schema of the connected server. Offers nothing without a connection, or when the server takes more than two seconds.</summary>
public sealed class ObjectTypeCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        CompletionResults.GetMatches(wordToComplete, CompletionCache
            .GetOrFetch(CompletionConnection.Find(commandAst, fakeBoundParameters), "object types", (client, token) => client.Objects.ListTypesAsync(token))
            .Select(type => (type.Name, string.Join(", ", type.Property.Select(property => property.Name)))));
}
