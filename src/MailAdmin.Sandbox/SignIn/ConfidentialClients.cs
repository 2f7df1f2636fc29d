using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Stores clients that have a secret: each becomes an object.</summary>
internal sealed class ConfidentialClients(RegistryStore store)
{
    private const int IdLength = 20;
    private const int SecretLength = 48;
    private const string LettersAndDigits = "abcdefghijklmnopqrstuvwxyz0123456789";

    /// <summary>The id and the secret of the new client.</summary>
    public (string Id, string? Secret) Add(JsonElement registration)
    {
        string id = RandomNumberGenerator.GetString(LettersAndDigits, IdLength);
        string secret = RandomNumberGenerator.GetString(LettersAndDigits + LettersAndDigits.ToUpperInvariant(), SecretLength);
        lock (store.Gate)
        {
            JsonObject client = store.Defaults.Create("OAuthClient");
            client["clientId"] = id;
            client["secret"] = secret;
            client["description"] = registration.FindText("client_name");
            client["logo"] = registration.FindText("logo_uri");
            client["redirectUris"] = ToSet(registration.GetTexts("redirect_uris"));
            client["contacts"] = ToSet(registration.FindTexts("contacts") ?? []);
            store.Insert(store.Type("OAuthClient"), client);
        }

        return (id, secret);
    }

    private static JsonObject ToSet(IEnumerable<string> items) => new(items.Distinct().Select(item => KeyValuePair.Create(item, (JsonNode?)true)));
}
