using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Remembers logins whose password was correct, as long as the account keeps the same list of secrets.</summary>
internal sealed class VerifiedPasswords
{
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<string, string[]> _secretsByLogin = new(StringComparer.Ordinal);

    public bool Contains(string login, string[] secrets) =>
        _secretsByLogin.TryGetValue(login, out string[]? known) && ReferenceEquals(known, secrets);

    public void Add(string login, string[] secrets)
    {
        if (_secretsByLogin.Count >= Capacity)
        {
            _secretsByLogin.Clear();
        }

        _secretsByLogin[login] = secrets;
    }
}
