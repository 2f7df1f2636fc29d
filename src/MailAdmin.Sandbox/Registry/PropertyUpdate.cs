namespace MailAdmin.Sandbox.Registry;

/// <summary>Who may change a property, and when.</summary>
internal enum PropertyUpdate
{
    Mutable,

    /// <summary>Only when the object is created.</summary>
    Immutable,

    /// <summary>Only the server.</summary>
    ServerSet,
}
