using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tokens that a fault revoked.</summary>
internal sealed class RevokedTokens
{
    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);

    public bool Contains(string token) => !_tokens.IsEmpty && _tokens.ContainsKey(token);

    public void Add(string token) => _tokens[token] = true;
}
