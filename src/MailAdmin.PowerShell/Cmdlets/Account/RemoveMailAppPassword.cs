using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>
/// Removes app passwords of the signed-in account (GET and POST /account/auth removeAppPassword): exactly those named, although the server removes
/// every one that begins with the text it is sent.
/// </summary>
[ManagementApiOnly]
[Cmdlet(VerbsCommon.Remove, "MailAppPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Remove-MailAppPassword.md")]
public sealed class RemoveMailAppPassword : InputCmdlet
{
    /// <summary>The app password: its name, its stored name (RawName), or the object from <c>(Get-MailAccountAuth).AppPassword</c>. No wildcards.</summary>
    [Parameter(Position = 0, Mandatory = true, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("RawName")]
    [ArgumentCompleter(typeof(AppPasswordNameCompleter))]
    [AppPasswordArgument]
    [ValidateNotNullOrEmpty]
    public AppPasswordIdentity[]? Name { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
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

    private void Remove(AppPasswordIdentity identity, IReadOnlyList<MailAppPasswordName> existing)
    {
        MailAppPasswordName[] matches = [.. existing.Where(name => name.RawName == identity.Name)];
        if (matches.Length == 0 && !identity.IsStoredName)
        {
            matches = [.. existing.Where(name => name.Name == identity.Name)];
        }
        string[] storedNames = [.. matches.Select(name => name.RawName).Distinct(StringComparer.Ordinal)];
        switch (storedNames.Length)
        {
            case 0:
                throw new MailServerException(MailErrorCode.NotFound, Operations.ChangeAccountAuth, $"The account has no app password '{identity}'.") { Item = identity.Name };
            case > 1:
                throw new ArgumentException(
                    $"{storedNames.Length} app passwords are named '{identity}'. Specify one of them by its stored name: {string.Join(", ", matches.Select(name => name.Created is { } createdAt ? $"{name.RawName} ({TimeText.Format(createdAt)})" : name.RawName))}.");
            default:
                break;
        }
        string note = matches.Length > 1 ? $" ({matches.Length} app passwords have exactly this name; the server removes them together)" : "";
        if (ShouldAct($"account '{Client.UserName}'", $"Remove the app password '{matches[0]}'{note}"))
        {
            if (matches.Length > 1)
            {
                WriteWarning($"{matches.Length} app passwords have exactly the name '{matches[0]}': the server removes them together.");
            }
            Pump.Wait(Client.Account.RemoveAppPasswordAsync(matches[0], Pump.Token));
        }
    }
}
