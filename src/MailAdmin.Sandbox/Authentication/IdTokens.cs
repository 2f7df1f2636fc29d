using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>Signs ID tokens, and publishes the key.</summary>
internal sealed class IdTokens(TimeProvider clock, string issuer, IIdTokenKey key)
{
    private readonly string _header = Base64Url.EncodeToString(Encoding.ASCII.GetBytes($$"""{"alg":"{{key.Algorithm}}","typ":"JWT","kid":"default"}"""));

    public string Issue(TokenOwner owner, string clientId, string? nonce, TimeSpan lifetime)
    {
        long now = clock.GetUtcNow().ToUnixTimeSeconds();
        SandboxResponse claims = Responses.Object(200, json =>
        {
            json.WriteString("iss"u8, issuer);
            json.WriteString("sub"u8, owner.Id.ToString(null, null));
            json.WriteString("aud"u8, clientId);
            json.WriteNumber("exp"u8, now + (long)lifetime.TotalSeconds);
            json.WriteNumber("nbf"u8, now);
            json.WriteNumber("iat"u8, now);
            WriteOptional(json, "nonce"u8, nonce);
            json.WriteString("preferred_username"u8, owner.Name);
            WriteOptional(json, "email"u8, owner.Address);
            WriteOptional(json, "description"u8, owner.Description);
        });
        string signed = $"{_header}.{Base64Url.EncodeToString(claims.Body.Span)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Writes the key set.</summary>
    public void WriteKeySet(Utf8JsonWriter json)
    {
        json.WriteStartArray("keys"u8);
        json.WriteStartObject();
        json.WriteString("use"u8, "sig"u8);
        json.WriteString("alg"u8, key.Algorithm);
        json.WriteString("kid"u8, "default"u8);
        key.WriteMembers(json);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteOptional(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null)
        {
            json.WriteString(name, value);
        }
    }
}
