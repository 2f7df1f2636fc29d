namespace MailAdmin.Client.Api.Objects;

/// <summary>The kinds of values that properties of objects hold.</summary>
internal enum ValueKind
{
    /// <summary>A text, of whatever format.</summary>
    Text,

    /// <summary>A text that the server does not show.</summary>
    Secret,

    /// <summary>True or false.</summary>
    Boolean,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>A whole number that is not negative.</summary>
    UnsignedInteger,

    /// <summary>A number.</summary>
    Float,

    /// <summary>A number of bytes.</summary>
    Size,

    /// <summary>A number of milliseconds.</summary>
    Duration,

    /// <summary>A moment.</summary>
    Time,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary>The id of an object.</summary>
    Id,

    /// <summary>An object in the object.</summary>
    Object,

    /// <summary>Objects by their place.</summary>
    List,

    /// <summary>Plain values without an order.</summary>
    Set,

    /// <summary>Values by a key.</summary>
    Map,

    /// <summary>A kind that this version does not know.</summary>
    Unknown,
}
