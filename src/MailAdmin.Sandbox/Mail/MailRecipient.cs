namespace MailAdmin.Sandbox.Mail;

/// <summary>A recipient of the envelope.</summary>
/// <param name="Address">The address.</param>
/// <param name="Original">The address that the sender wrote to, where a list with that address has this recipient.</param>
internal sealed record MailRecipient(string Address, string? Original = null);
