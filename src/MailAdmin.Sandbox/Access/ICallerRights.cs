namespace MailAdmin.Sandbox.Access;

/// <summary>Who calls a method of JMAP, and what he may do at this moment.</summary>
internal interface ICallerRights
{
    /// <summary>The account; <see cref="uint.MaxValue"/> for the recovery administrator, who has none.</summary>
    uint AccountId { get; }

    /// <summary>The tenant, to whose objects he is confined; null where there is none.</summary>
    uint? TenantId { get; }

    /// <summary>The address that the call comes from.</summary>
    System.Net.IPAddress RemoteAddress { get; }

    /// <summary>Whether he has a permission, by its name in camel case.</summary>
    bool Has(string permission);

    /// <summary>Whether he may act for an account: his own, one of his groups, or any.</summary>
    bool MayActFor(uint account);
}
