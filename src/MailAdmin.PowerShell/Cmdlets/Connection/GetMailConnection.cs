using System.Management.Automation;
using System.Management.Automation.Runspaces;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Lists the connections of this runspace. Never shows a secret.</summary>
[Cmdlet(VerbsCommon.Get, "MailConnection",
    HelpUri = HelpPages.Folder + "Get-MailConnection.md")]
[OutputType(typeof(MailConnection))]
public sealed class GetMailConnection : PSCmdlet
{
    /// <summary>The name of the connection; wildcards are allowed. Default: all.</summary>
    [Parameter(Position = 0)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectionNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Only the runspace's default connection; nothing if there is none.</summary>
    [Parameter]
    public SwitchParameter Default { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        WildcardPattern pattern = (Name ?? "*").ToNamePattern();
        MailConnection[] matches = RunspaceConnections.Find(Runspace.DefaultRunspace)?.OpenConnections
            .Where(c => pattern.IsMatch(c.Name) && (!Default || c.IsDefault)).ToArray() ?? [];
        if (matches.Length == 0 && Name is not null && !WildcardPattern.ContainsWildcardCharacters(Name))
        {
            WriteError(ConnectionErrors.ConnectionNotFound(Name));
        }
        WriteObject(matches, enumerateCollection: true);
    }
}
