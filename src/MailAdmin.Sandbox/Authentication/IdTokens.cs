using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Signs ID tokens with a symmetric key that the server itself publishes, so that they prove nothing; as 0.11 does.</summary>
internal sealed class IdTokens(TimeProvider clock, string issuer)
{
    private static readonly string s_header = Base64Url.EncodeToString("""{"alg":"HS256","typ":"JWT","kid":"default"}"""u8);

    private readonly byte[] _key = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 64));

    /// <summary>The key as <c>/auth/jwks.json</c> shows it.</summary>
    public string PublishedKey => Base64Url.EncodeToString(_key);

    public string Issue(Caller caller, string clientId, string? nonce)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        SandboxResponse claims = Responses.Object(200, json =>
        {
            json.WriteString("iss"u8, issuer);
            json.WriteString("sub"u8, caller.Id.ToString(null, null));
            json.WriteString("aud"u8, clientId);
            json.WriteNumber("exp"u8, now + 900);
            json.WriteNumber("nbf"u8, now);
            json.WriteNumber("iat"u8, now);
            if (nonce is not null)
            {
                json.WriteString("nonce"u8, nonce);
            }

            json.WriteString("preferred_username"u8, caller.Name);
            if (caller.Address is not null)
            {
                json.WriteString("email"u8, caller.Address);
            }
        });
        string signed = $"{s_header}.{Base64Url.EncodeToString(claims.Body.Span)}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(_key, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Writes the key set.</summary>
    public void WriteKeySet(Utf8JsonWriter json)
    {
        json.WriteStartArray("keys"u8);
        json.WriteStartObject();
        json.WriteString("use"u8, "sig"u8);
        json.WriteString("alg"u8, "HS256"u8);
        json.WriteString("kid"u8, "default"u8);
        json.WriteString("kty"u8, "oct"u8);
        json.WriteString("k"u8, PublishedKey);
        json.WriteEndObject();
        json.WriteEndArray();
    }
}
