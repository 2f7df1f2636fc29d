using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Directory;

/// <summary>OAuth clients: the secret is hashed, whatever it is; a mask that is sent back as well.</summary>
internal sealed class OAuthClientRules : ObjectRules
{
    public override void Check(ObjectChange change)
    {
        if (change.New["secret"]?.GetValue<string>() is { Length: > 0 } secret && change.Changes("secret") && !PasswordHashFormats.IsComplete(secret))
        {
            change.New["secret"] = PasswordHashes.Hash(secret);
        }
    }
}
