namespace MailAdmin.Client;

/// <summary>What a password cell contains.</summary>
public enum PasswordCellKind
{
    /// <summary>The password itself: to be hashed before it is sent.</summary>
    ClearText,

    /// <summary>A hash that the server verifies: sent as it is.</summary>
    Hash,

    /// <summary>A hash of another system that this server cannot verify: neither a password nor usable.</summary>
    Unsupported,
}
