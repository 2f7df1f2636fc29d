using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Clients that register themselves and that nothing is stored of: the id holds it all, and proves that this server gave it.</summary>
internal sealed class StatelessClients
{
    private const string Prefix = "swc1.";
    private const int ProofSize = 32;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(ProofSize);

    public string Encode(ClientRegistration client)
    {
        byte[] content = JsonSerializer.SerializeToUtf8Bytes(client);
        return Prefix + Base64Url.EncodeToString([.. HMACSHA256.HashData(_key, content), .. content]);
    }

    /// <summary>Null for an id that is none of these.</summary>
    public ClientRegistration? Decode(string clientId)
    {
        if (!clientId.StartsWith(Prefix, StringComparison.Ordinal) || !Base64Url.IsValid(clientId.AsSpan(Prefix.Length), out int size) || size <= ProofSize)
        {
            return null;
        }

        byte[] bytes = Base64Url.DecodeFromChars(clientId.AsSpan(Prefix.Length));
        return CryptographicOperations.FixedTimeEquals(bytes.AsSpan(0, ProofSize), HMACSHA256.HashData(_key, bytes.AsSpan(ProofSize)))
            ? JsonSerializer.Deserialize<ClientRegistration>(bytes.AsSpan(ProofSize))
            : null;
    }
}
