namespace MailAdmin.Sandbox.Access;

/// <summary>Who calls a method of JMAP, and what he may do at this moment.</summary>
internal interface ICallerRights
{
    /// <summary>The account; <see cref="uint.MaxValue"/> for the recovery administrator, who has none.</summary>
    uint AccountId { get; }

    /// <summary>Whether he has a permission, by its name in camel case.</summary>
    bool Has(string permission);
}
