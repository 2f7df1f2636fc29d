namespace MailAdmin.Sandbox.Events;

/// <summary>The kind of a value in a log line.</summary>
internal enum LogValueKind
{
    /// <summary>A number, an address or a duration: never quoted.</summary>
    Plain,

    /// <summary>A text from a client: always quoted.</summary>
    ExternalText,

    /// <summary>A text of the server itself: quoted from 0.13.</summary>
    ServerText,
}
