namespace MailAdmin.Tests.Conventions;

/// <summary>What a cmdlet does where the server is of 0.16 or later, which has no management REST API.</summary>
internal enum FamilySupport
{
    /// <summary>It does its work, over JMAP.</summary>
    Supported,

    /// <summary>It is refused by name, and nothing is sent.</summary>
    Refused,

    /// <summary>It needs no server.</summary>
    Local,
}

/// <summary>A cmdlet as it is used on a server from 0.16 on.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Support">What it does there.</param>
/// <param name="Script">A use of it, where example.org, its administrator, and jane.doe@example.org are there.</param>
internal sealed record FamilyUse(string Cmdlet, FamilySupport Support, string Script);
