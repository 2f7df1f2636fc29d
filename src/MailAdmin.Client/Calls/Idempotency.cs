#if SANDBOX
namespace MailAdmin.Sandbox.Api;

internal enum Idempotency
#else
namespace MailAdmin.Client;

/// <summary>What may be done with a call whose outcome is unknown.</summary>
public enum Idempotency
#endif
{
    /// <summary>Reads, or can be sent twice without harm: send again after any failure on the way.</summary>
    Idempotent,

    /// <summary>Changes the server: send again only when it surely was not executed.</summary>
    NotIdempotent,
}
