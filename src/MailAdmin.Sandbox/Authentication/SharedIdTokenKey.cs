using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>A symmetric key that the server itself publishes, so that its tokens prove nothing; as before 0.16.</summary>
internal sealed class SharedIdTokenKey : IIdTokenKey
{
    private readonly byte[] _key = Encoding.ASCII.GetBytes(RandomNumberGenerator.GetString("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 64));

    public string Algorithm => "HS256";

    public byte[] Sign(byte[] content) => HMACSHA256.HashData(_key, content);

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("kty"u8, "oct"u8);
        json.WriteString("k"u8, Base64Url.EncodeToString(_key));
    }
}
