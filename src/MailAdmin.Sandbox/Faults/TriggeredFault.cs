namespace MailAdmin.Sandbox.Faults;

/// <summary>A fault that applies to a request.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Delay">The random delay.</param>
internal sealed record TriggeredFault(SandboxFault Fault, TimeSpan Delay);
