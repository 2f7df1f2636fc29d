using MailAdmin.Sandbox.Jmap;

namespace MailAdmin.Sandbox.Certificates;

/// <summary>Providers of certificates: a new one is asked for its directory, and a server without a network reaches none.</summary>
internal sealed class AcmeProviderRules : ObjectRules
{
    private const string Property = "directory";

    public override void Check(ObjectChange change)
    {
        if (change.Changes(Property))
        {
            throw SetException.InvalidProperties("The directory cannot be reached.", Property);
        }
    }
}
