namespace MailAdmin.Client.Http;

/// <summary>How a call proves who is asking.</summary>
internal enum CallIdentity
{
    /// <summary>With the connection's token or key; counts towards the account's limits.</summary>
    Session,

    /// <summary>With a header of its own: the one sign-in with a password. Never sent again after it was refused.</summary>
    SignIn,

    /// <summary>Not at all: the token endpoints, /.well-known and /healthz.</summary>
    None,
}
