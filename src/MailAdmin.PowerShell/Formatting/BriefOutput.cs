using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Account;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Formatting;

/// <summary>
/// What is shown of an object that follows objects of another type in one output, where views do not apply: no secrets there either. A file of types would say
/// the same, and PowerShell reads it at each import.
/// </summary>
internal static class BriefOutput
{
    private static readonly Dictionary<Type, string[]> s_properties = new()
    {
        [typeof(MailOtpSetup)] = [nameof(MailOtpSetup.Account), nameof(MailOtpSetup.Issuer)],
        [typeof(MailAppPassword)] = [nameof(MailAppPassword.Name), nameof(MailAppPassword.Created), nameof(MailAppPassword.Credential)],
        [typeof(MailAccountCrypto)] = [nameof(MailAccountCrypto.Type), nameof(MailAccountCrypto.Algorithm), nameof(MailAccountCrypto.AllowSpamTraining)],
        [typeof(MailDeletedItem)] =
        [
            nameof(MailDeletedItem.Account), nameof(MailDeletedItem.BlobId), nameof(MailDeletedItem.Kind), nameof(MailDeletedItem.Size), nameof(MailDeletedItem.Deleted), nameof(MailDeletedItem.Expires),
        ],
        [typeof(MailRestoreResult)] = [nameof(MailRestoreResult.Account), nameof(MailRestoreResult.BlobId), nameof(MailRestoreResult.Status), nameof(MailRestoreResult.Reason)],
        [typeof(MailConnection)] =
        [
            nameof(MailConnection.Name), nameof(MailConnection.Uri), nameof(MailConnection.UserName), nameof(MailConnection.Version), nameof(MailConnection.Edition), nameof(MailConnection.TokenExpires),
            nameof(MailConnection.IsDefault),
        ],
    };

    /// <summary>The object with the properties that are shown; the same object where all of them are.</summary>
    public static object? Apply(object? value)
    {
        if (value.Unwrap() is not { } plain || !s_properties.TryGetValue(plain.GetType(), out string[]? names))
        {
            return value;
        }
        var output = PSObject.AsPSObject(value);
        if (output.Members["PSStandardMembers"] is null)
        {
            output.Members.Add(new PSMemberSet("PSStandardMembers", [new PSPropertySet("DefaultDisplayPropertySet", names)]));
        }
        return output;
    }
}
