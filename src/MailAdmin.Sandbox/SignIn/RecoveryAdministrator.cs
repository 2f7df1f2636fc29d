using System.Net;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>The administrator whom the server's environment names. He may do everything, and has no account.</summary>
internal sealed record RecoveryAdministrator(string Name, string Secret)
{
    public const string Description = "Recovery admin account";

    public const string Locale = "POSIX";

    public SignedInCaller ToCaller(IEnumerable<string> permissions, IPAddress address) => new(null, Name, permissions.ToHashSet(), address);
}
