using System.Net;
using MailAdmin.Sandbox.Access;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Who has signed in, and what he may do at this moment.</summary>
/// <param name="Account">The account; null for the recovery administrator, who has none.</param>
/// <param name="Name">The address, or the name of the recovery administrator.</param>
/// <param name="Permissions">What he may do.</param>
/// <param name="RemoteAddress">Where the call comes from.</param>
internal sealed record SignedInCaller(SignInAccount? Account, string Name, IReadOnlySet<string> Permissions, IPAddress RemoteAddress) : ICallerRights
{
    /// <summary>The id of the recovery administrator.</summary>
    public const uint RecoveryAdministratorId = uint.MaxValue;

    public uint AccountId => Account?.Id ?? RecoveryAdministratorId;

    public uint? TenantId => Account?.TenantId;

    /// <summary>The credential that was used: one of those beside the password; null for the password and its tokens.</summary>
    public uint? CredentialId { get; init; }

    public bool Has(string permission) => Permissions.Contains(permission);

    public bool MayActFor(uint account) => account == AccountId || Account?.GroupIds.Contains(account) == true || Has("impersonate");
}
