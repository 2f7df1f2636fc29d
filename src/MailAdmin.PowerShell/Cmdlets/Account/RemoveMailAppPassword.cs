// Remove-MailAppPassword: removes exactly the app passwords it names, although the server removes whatever begins so.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>Removes app passwords of the signed-in account (GET and POST /account/auth removeAppPassword).</summary>
[Cmdlet(VerbsCommon.Remove, "MailAppPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
public sealed class RemoveMailAppPassword : ConnectedCmdlet
{
    /// <summary>Its name, its stored name, or the object from <c>(Get-MailAccountAuth).AppPassword</c>.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RawName")]
    [ArgumentCompleter(typeof(AppPasswordNameCompleter))]
    [AppPasswordArgument]
    [ValidateNotNullOrEmpty]
    public AppPasswordIdentity[]? Name { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (AppPasswordIdentity identity in Name!)
        {
            try
            {
                Remove(identity, Pump.Wait(Client.Account.GetAuthAsync(Pump.Token)).AppPassword);
            }
            catch (Exception e) when (ErrorCatalogue.IsClientException(e))
            {
                WriteItemError(e, identity.Name);
            }
        }
    }

    private void Remove(AppPasswordIdentity identity, IReadOnlyList<MailAppPasswordName> held)
    {
        MailAppPasswordName[] meant = [.. held.Where(name => name.RawName == identity.Name)];
        if (meant.Length == 0 && !identity.IsStoredName)
        {
            meant = [.. held.Where(name => name.Name == identity.Name)];
        }
        string[] stored = [.. meant.Select(name => name.RawName).Distinct(StringComparer.Ordinal)];
        switch (stored.Length)
        {
            case 0:
                throw new MailServerException(MailErrorCode.NotFound, Operations.ChangeAccountAuth, $"The account has no app password '{identity}'.") { Item = identity.Name };
            case > 1:
                throw new ArgumentException(
                    $"{stored.Length} app passwords are called '{identity}'. Name one by its stored name: {string.Join(", ", meant.Select(name => name.CreatedAt is { } made ? $"{name.RawName} ({TimeText.Format(made)})" : name.RawName))}.");
            default:
                break;
        }
        string several = meant.Length > 1 ? $" ({meant.Length} have this very name; the server removes them together)" : "";
        if (ShouldAct($"account '{Client.UserName}'", $"Remove the app password '{meant[0]}'{several}"))
        {
            if (meant.Length > 1)
            {
                WriteWarning($"{meant.Length} app passwords have the very name '{meant[0]}': they go together.");
            }
            Pump.Wait(Client.Account.RemoveAppPasswordAsync(meant[0], Pump.Token));
        }
    }
}
