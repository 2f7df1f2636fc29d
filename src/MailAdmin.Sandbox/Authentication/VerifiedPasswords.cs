using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Remembers logins whose password was right, for as long as the account keeps the very same list of secrets.</summary>
internal sealed class VerifiedPasswords
{
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<string, string[]> secretsByLogin = new(StringComparer.Ordinal);

    public bool Contains(string login, string[] secrets) =>
        secretsByLogin.TryGetValue(login, out var known) && ReferenceEquals(known, secrets);

    public void Add(string login, string[] secrets)
    {
        if (secretsByLogin.Count >= Capacity)
            secretsByLogin.Clear();
        secretsByLogin[login] = secrets;
    }
}
