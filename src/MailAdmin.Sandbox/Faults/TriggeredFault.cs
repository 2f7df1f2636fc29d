namespace MailAdmin.Sandbox.Faults;

/// <summary>A fault that hits a request.</summary>
/// <param name="Fault">The fault.</param>
/// <param name="Delay">The delay that the dice gave.</param>
internal sealed record TriggeredFault(SandboxFault Fault, TimeSpan Delay);
