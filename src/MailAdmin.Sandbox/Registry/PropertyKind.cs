namespace MailAdmin.Sandbox.Registry;

/// <summary>The kinds of values that properties hold.</summary>
internal enum PropertyKind
{
    String,
    Text,
    Html,
    Secret,
    SecretText,
    Uri,
    EmailAddress,
    IpAddress,
    IpNetwork,
    SocketAddress,
    Boolean,
    UnsignedInteger,
    Integer,
    Float,
    Size,
    Duration,
    UtcDateTime,
    Enum,
    Id,
    BlobId,

    /// <summary>An object in the object, of one type or of one of several variants.</summary>
    Object,

    /// <summary>Objects by their place: <c>{"0": …, "1": …}</c>.</summary>
    List,

    /// <summary>Plain values: <c>{"x": true}</c>.</summary>
    Set,

    /// <summary>Values by a key: <c>{"k": …}</c>.</summary>
    Map,
}
