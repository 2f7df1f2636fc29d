namespace MailAdmin.Client;

/// <summary>Where the login comes from when a file has no column for it.</summary>
public enum NameFrom
{
    /// <summary>From the name column only.</summary>
    None,
    /// <summary>The whole primary address.</summary>
    Email,
    /// <summary>The part before the <c>@</c> of the primary address.</summary>
    LocalPart,
}
