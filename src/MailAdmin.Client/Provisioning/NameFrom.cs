// Where a login comes from in a file that has no column for it.
namespace MailAdmin.Client;

/// <summary>Where the login comes from when a file has no column for it.</summary>
public enum NameFrom
{
    /// <summary>From the name column only.</summary>
    None,
    /// <summary>The whole primary address.</summary>
    Email,
    /// <summary>What stands before the <c>@</c> of the primary address.</summary>
    LocalPart,
}
