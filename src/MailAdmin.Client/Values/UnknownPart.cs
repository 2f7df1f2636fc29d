namespace MailAdmin.Client.Values;

/// <summary>A property of an object that could not be read, or not whole.</summary>
/// <param name="Property">The property, such as <c>Role</c>.</param>
/// <param name="Source">What would have to be read for it; null where that is gone.</param>
internal sealed record UnknownPart(string Property, UnreadSource? Source);
