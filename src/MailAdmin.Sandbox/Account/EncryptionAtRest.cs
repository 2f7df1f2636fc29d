using System.Collections.Concurrent;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Api;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Account;

/// <summary><c>/api/account/crypto</c>: with which certificates an account's mail is encrypted as it arrives.</summary>
internal sealed class EncryptionAtRest(ServerDialect dialect)
{
    private const string PgpBegin = "-----BEGIN PGP PUBLIC KEY BLOCK-----";
    private const string PgpEnd = "-----END PGP PUBLIC KEY BLOCK-----";

    private readonly ConcurrentDictionary<uint, Encryption> _accounts = new();

    public SandboxResponse Show(uint account)
    {
        Encryption? encryption = _accounts.GetValueOrDefault(account);
        return Responses.Data(json =>
        {
            json.WriteStartObject();
            json.WriteString("type"u8, encryption?.Type ?? "disabled");
            if (encryption is not null)
            {
                json.WriteString("algo"u8, encryption.Algorithm);
                json.WriteString("certs"u8, Armor(encryption));
                if (dialect.EncryptionHasSpamTrainingFlag)
                {
                    json.WriteBoolean("allow_spam_training"u8, encryption.AllowsSpamTraining);
                }
            }

            json.WriteEndObject();
        });
    }

    public SandboxResponse Change(ApiCall call)
    {
        using JsonDocument body = call.ParseBody();
        string type = body.RootElement.GetText("type");
        if (type == "disabled")
        {
            _accounts.TryRemove(call.Caller.Id, out _);
            return Responses.Success();
        }

        string algorithm = body.RootElement.GetText("algo");
        string certificates = body.RootElement.GetText("certs");
        bool allowsTraining = dialect.EncryptionHasSpamTrainingFlag && body.RootElement.GetFlag("allow_spam_training");
        int count = type == "pGP" ? CountKeys(certificates) : CountCertificates(certificates);
        if (count == 0)
        {
            throw ApiException.Other("There is no certificate or key in what was sent");
        }

        _accounts[call.Caller.Id] = new Encryption(type, algorithm, certificates, allowsTraining);
        return Responses.Data((ulong)count);
    }

    private static int CountKeys(string text)
    {
        int count = 0;
        for (int at = 0; (at = text.IndexOf(PgpBegin, at, StringComparison.Ordinal)) >= 0; at += PgpBegin.Length)
        {
            if (text.IndexOf(PgpEnd, at, StringComparison.Ordinal) >= 0)
            {
                count++;
            }
        }

        return count;
    }

    private static int CountCertificates(string text)
    {
        try
        {
            var certificates = new X509Certificate2Collection();
            certificates.ImportFromPem(text);
            foreach (X509Certificate2 certificate in certificates)
            {
                certificate.Dispose();
            }

            return certificates.Count;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return 0;
        }
    }

    /// <summary>Not what was uploaded, but a block in the server's own format, in lines of 76 characters.</summary>
    private static string Armor(Encryption encryption)
    {
        string encoded = Convert.ToBase64String(Encoding.UTF8.GetBytes(encryption.Certificates), Base64FormattingOptions.InsertLineBreaks);
        return $"-----STALWART CERTIFICATE-----\r\n{encoded}\r\n";
    }

    private sealed record Encryption(string Type, string Algorithm, string Certificates, bool AllowsSpamTraining);
}
