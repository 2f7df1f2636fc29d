namespace MailAdmin.Sandbox.Registry;

/// <summary>A shape of several variants, told apart by <c>@type</c>.</summary>
/// <param name="Default">The variant of a new value.</param>
/// <param name="Of">The properties of each variant, by the name of their type; null for a variant without any.</param>
internal sealed record VariantType(string Default, IReadOnlyDictionary<string, string?> Of);
