using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tokens that a fault made invalid before their time.</summary>
internal sealed class RevokedTokens
{
    private readonly ConcurrentDictionary<string, bool> tokens = new(StringComparer.Ordinal);

    public bool Contains(string token) => !tokens.IsEmpty && tokens.ContainsKey(token);

    public void Add(string token) => tokens[token] = true;
}
