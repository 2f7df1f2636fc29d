using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Directory;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>What somebody may do who has signed in.</summary>
/// <param name="store">The accounts.</param>
/// <param name="rights">What accounts may do.</param>
internal sealed class CallerPermissions(RegistryStore store, EffectiveRights rights)
{
    /// <summary>All that there are, in the server's order.</summary>
    public IReadOnlyList<string> All { get; } = store.Schema.Enums["Permission"];

    /// <summary>Nothing, where a role is gone.</summary>
    public IReadOnlySet<string> Get(SignInAccount account)
    {
        lock (store.Gate)
        {
            return rights.Of(account.Stored.Value) ?? new HashSet<string>();
        }
    }

    /// <summary>What a credential leaves of its owner's permissions.</summary>
    public static IReadOnlySet<string> Restrict(IReadOnlySet<string> owner, Credential credential)
    {
        IEnumerable<string> named = credential.Permissions?["permissions"] is JsonObject keys ? keys.Select(entry => entry.Key) : [];
        return credential.Permissions?[RegistrySchema.Variant]?.GetValue<string>() switch
        {
            "Disable" => owner.Except(named).ToHashSet(),
            "Replace" => owner.Intersect(named).ToHashSet(),
            _ => owner,
        };
    }
}
