using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>A key pair of which the server publishes the public half; from 0.16.</summary>
internal sealed class EllipticIdTokenKey : IIdTokenKey
{
    private readonly ECParameters _parameters = CreateKey();

    public string Algorithm => "ES256";

    public byte[] Sign(byte[] content)
    {
        using var key = ECDsa.Create(_parameters);
        return key.SignData(content, HashAlgorithmName.SHA256);
    }

    public void WriteMembers(Utf8JsonWriter json)
    {
        json.WriteString("kty"u8, "EC"u8);
        json.WriteString("crv"u8, "P-256"u8);
        json.WriteString("x"u8, Base64Url.EncodeToString(_parameters.Q.X));
        json.WriteString("y"u8, Base64Url.EncodeToString(_parameters.Q.Y));
    }

    private static ECParameters CreateKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportParameters(includePrivateParameters: true);
    }
}
