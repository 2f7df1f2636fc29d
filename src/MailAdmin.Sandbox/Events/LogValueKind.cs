namespace MailAdmin.Sandbox.Events;

/// <summary>What a value in a line is.</summary>
internal enum LogValueKind
{
    /// <summary>A number, an address, a duration: never in quotes.</summary>
    Plain,

    /// <summary>A text that came from outside: always in quotes.</summary>
    ExternalText,

    /// <summary>A text that the server itself makes: in quotes from 0.13.</summary>
    ServerText,
}
