using System.Buffers.Text;
using System.Text;
using MailAdmin.Sandbox.Authentication;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Tokens in the form of 0.16: <c>sw1.</c>, the token itself, and the name of whom it belongs to.</summary>
/// <param name="tokens">Makes the tokens.</param>
/// <param name="name">The name of an account.</param>
internal sealed class NamedTokens(ITokens tokens, Func<uint, string?> name) : ITokens
{
    private const string Version = "sw1";

    public string? Issue(TokenKind kind, uint accountId, string clientId, TimeSpan lifetime) => tokens.Issue(kind, accountId, clientId, lifetime) is { } token
        ? $"{Version}.{Base64Url.EncodeToString(Convert.FromBase64String(token))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name(accountId) ?? ""))}"
        : null;

    public TokenInfo? Read(string token, TokenKind? kind) => token.Split('.') is [Version, var inner, _] && Base64Url.IsValid(inner)
        ? tokens.Read(Convert.ToBase64String(Base64Url.DecodeFromChars(inner)), kind)
        : null;
}
