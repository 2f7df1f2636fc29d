using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>Accounts and groups: credentials, permissions, the address.</summary>
/// <param name="store">The domains.</param>
/// <param name="rights">What accounts may do.</param>
/// <param name="passwords">What a password has to be.</param>
/// <param name="usedQuota">How much an account stores.</param>
internal sealed class AccountRules(RegistryStore store, EffectiveRights rights, PasswordRules passwords, Func<ulong, long> usedQuota) : ObjectRules
{
    public override IReadOnlyCollection<string> Orphans => ["PublicKey", "MaskedEmail", "ArchivedItem"];

    public override void Check(ObjectChange change)
    {
        if (change.Changes(RegistrySchema.Variant) && change.Old is not null)
        {
            throw SetException.InvalidProperties("An account stays what it is.", RegistrySchema.Variant);
        }

        if (change.New["credentials"] is not null)
        {
            CheckCredentials(change);
        }

        if (change.Changes("permissions") || change.Changes("roles"))
        {
            GrantRules.Check(change.Call.Caller, rights.Given(change.New, change.Call.Caller.TenantId is not null) ?? throw MethodException.Unavailable());
        }
    }

    public override JsonNode? Compute(RegistryObject found, string property) => property switch
    {
        "emailAddress" => EmailAddresses.Of(store, found.Value),
        "usedDiskQuota" => usedQuota(found.Id),
        _ => null,
    };

    private void CheckCredentials(ObjectChange change)
    {
        JsonObject? old = change.Old?.Value;
        bool hasPassword = Credentials.Of(change.New).Any(credential => Credentials.KindOf(credential) == Credentials.Password && Credentials.IdOf(credential) is not null);
        bool isFirst = true;
        foreach (JsonObject credential in Credentials.Of(change.New))
        {
            JsonObject? was = old is not null && Credentials.IdOf(credential) is { } id ? Credentials.Find(old, id) : null;
            if (was is null)
            {
                CheckNew(credential, old is null ? !isFirst : hasPassword);
            }
            else if (!JsonNode.DeepEquals(was, credential))
            {
                CheckChanged(credential, was);
            }

            isFirst = false;
        }

        AssignIds(change.New, isNew: old is null);
    }

    /// <summary>Only a password can be made here, and only one.</summary>
    private void CheckNew(JsonObject credential, bool hasPassword)
    {
        if (Credentials.KindOf(credential) != Credentials.Password || hasPassword)
        {
            throw SetException.InvalidProperties("One password, and nothing else, can be made here.", "credentials");
        }

        if (Secret(credential) is { Length: > 0 } secret)
        {
            credential["secret"] = passwords.Store(secret);
        }
    }

    /// <summary>A mask that is sent back means what was there.</summary>
    private void CheckChanged(JsonObject credential, JsonObject was)
    {
        if (Credentials.KindOf(credential) != Credentials.KindOf(was))
        {
            throw SetException.InvalidProperties("A credential stays of its kind.", "credentials");
        }

        foreach (string masked in new[] { "secret", "otpAuth" })
        {
            if (credential[masked]?.GetValue<string>() == RegistrySchema.Mask)
            {
                credential[masked] = was[masked]?.DeepClone();
            }
        }

        if (Secret(credential) is not { Length: > 0 } secret || secret == Secret(was))
        {
            return;
        }

        credential["secret"] = Credentials.KindOf(credential) == Credentials.Password
            ? passwords.Store(secret)
            : throw SetException.Forbidden("The server makes the secrets of keys and app passwords.");
    }

    private static void AssignIds(JsonObject account, bool isNew)
    {
        ulong next = isNew ? 0 : Credentials.LastId(account) + 1;
        foreach (JsonObject credential in Credentials.Of(account).Where(credential => Credentials.IdOf(credential) is null))
        {
            credential["credentialId"] = RegistryId.Format(next++);
        }
    }

    private static string? Secret(JsonObject credential) => credential["secret"]?.GetValue<string>();
}
