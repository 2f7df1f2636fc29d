using System.Collections.Concurrent;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Tokens and API keys that were valid once.</summary>
internal sealed class KnownTokens
{
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<string, bool> _tokens = new(StringComparer.Ordinal);

    public bool Contains(string token) => _tokens.ContainsKey(token);

    public void Add(string token)
    {
        if (_tokens.Count >= Capacity)
        {
            _tokens.Clear();
        }

        _tokens[token] = true;
    }
}
