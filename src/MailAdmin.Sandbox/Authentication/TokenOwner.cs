namespace MailAdmin.Sandbox.Authentication;

/// <summary>The account that a token stands for, as an ID token names it.</summary>
internal sealed record TokenOwner(uint Id, string Name, string? Address, string? Description = null);
