namespace MailAdmin.Sandbox.Registry;

/// <summary>A reference that an object has to another.</summary>
/// <param name="Target">The other object.</param>
/// <param name="Variant">The variant it has to be of, if only one will do.</param>
internal readonly record struct ObjectLink(ObjectReference Target, string? Variant);
