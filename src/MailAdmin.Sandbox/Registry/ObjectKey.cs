namespace MailAdmin.Sandbox.Registry;

/// <summary>A value that may occur once.</summary>
/// <param name="Scope">Where: the name of the type, or empty for all types.</param>
/// <param name="Name">The name of the key.</param>
/// <param name="Value">The values of its properties.</param>
internal readonly record struct ObjectKey(string Scope, string Name, string Value);
