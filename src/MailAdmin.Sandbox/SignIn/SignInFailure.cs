namespace MailAdmin.Sandbox.SignIn;

/// <summary>Why somebody cannot sign in.</summary>
internal enum SignInFailure
{
    /// <summary>A wrong name or secret: it counts towards a ban.</summary>
    Wrong,

    /// <summary>Nothing that could be verified.</summary>
    Invalid,

    /// <summary>A key or an app password is right, and has expired.</summary>
    Expired,

    /// <summary>The password is right, but the account has a second factor.</summary>
    CodeMissing,

    /// <summary>The permission to sign in is missing.</summary>
    Forbidden,

    /// <summary>The credential may not be used from this address: it counts towards a ban.</summary>
    AddressNotAllowed,

    /// <summary>The address is banned by this attempt.</summary>
    Banned,
}
