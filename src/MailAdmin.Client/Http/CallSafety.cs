namespace MailAdmin.Client.Http;

/// <summary>What may be done with a call whose outcome is unknown.</summary>
internal enum CallSafety
{
    /// <summary>Reads, or can be sent twice without harm: send again after any failure on the way.</summary>
    Repeatable,

    /// <summary>Changes the server: send again only when it surely was not executed.</summary>
    Once,
}
