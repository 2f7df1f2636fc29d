using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Account;

/// <summary>
/// Removes app passwords of the signed-in account (GET and POST /account/auth removeAppPassword; from 0.16 on x:AppPassword/set): exactly those named, although the server removes
/// every one that begins with the text it is sent.
/// </summary>
[Cmdlet(VerbsCommon.Remove, "MailAppPassword", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Remove-MailAppPassword.md")]
public sealed class RemoveMailAppPassword : InputCmdlet
{
    /// <summary>The app password: its name, its stored name (RawName), its id (server 0.16 and later), or the object from <c>(Get-MailAccountAuth).AppPassword</c>. No wildcards.</summary>
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
        MailAppPasswordName[] matches = FindMatches(identity, existing);
        MailAppPasswordName[] different = [.. matches.DistinctBy(GetKey)];
        switch (different.Length)
        {
            case 0:
                throw new MailServerException(MailErrorCode.NotFound, Operations.ChangeAccountAuth, $"The account has no app password '{identity}'.") { Item = identity.Name };
            case > 1:
                throw new ArgumentException(
                    $"{different.Length} app passwords are meant by '{identity}'. Specify one of them by its {(different[0].Id is null ? "stored name" : "id")}, or pipe the object: {string.Join(", ", different.Select(Describe))}.");
            default:
                break;
        }
        string note = matches.Length > 1 ? $" ({matches.Length} app passwords have exactly this name; the server removes them together)" : "";
        if (PassesDryRun((dry, token) => dry.Account.RemoveAppPasswordAsync(matches[0], token), identity.Name)
            && ShouldAct($"account '{Client.UserName}'", $"Remove the app password '{matches[0]}'{note}"))
        {
            if (matches.Length > 1)
            {
                WriteWarning($"{matches.Length} app passwords have exactly the name '{matches[0]}': the server removes them together.");
            }
            Pump.Wait(Client.Account.RemoveAppPasswordAsync(matches[0], Pump.Token));
        }
    }

    private static MailAppPasswordName[] FindMatches(AppPasswordIdentity identity, IReadOnlyList<MailAppPasswordName> existing)
    {
        if (identity.Id is { } id)
        {
            // The id of one that was removed may be that of another by now: the name must be the same too.
            return [.. existing.Where(name => name.Id == id && name.RawName == identity.Name)];
        }
        MailAppPasswordName[] stored = [.. existing.Where(name => name.RawName == identity.Name || (name.Id == identity.Name && !identity.IsStoredName))];
        return stored.Length > 0 || identity.IsStoredName ? stored : [.. existing.Where(name => name.Name == identity.Name)];
    }

    // Before 0.16 the stored name is all that there is.
    private static string GetKey(MailAppPasswordName name) => name.Id ?? name.RawName;

    private static string Describe(MailAppPasswordName name) =>
        GetKey(name) + (name.Created is { } createdAt ? $" ({(name.Id is null ? "" : $"'{name}', ")}{TimeText.Format(createdAt)})" : "");
}
