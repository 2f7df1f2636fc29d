using System.Globalization;
using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Authentication;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Sandbox.Directory;

/// <summary>The credentials of an account.</summary>
internal static class Credentials
{
    public const string Password = "Password";
    public const string ApiKey = "ApiKey";
    public const string AppPassword = "AppPassword";

    /// <summary>All, in their order.</summary>
    public static IEnumerable<JsonObject> Of(JsonObject account) => account["credentials"]?.AsObject().Select(item => item.Value!.AsObject()) ?? [];

    public static string KindOf(JsonObject credential) => credential[RegistrySchema.Variant]!.GetValue<string>();

    /// <summary>The id; null for one that is not stored yet.</summary>
    public static ulong? IdOf(JsonObject credential) =>
        credential["credentialId"]?.GetValue<string>() is { Length: > 0 } text && RegistryId.TryParse(text, out ulong id) ? id : null;

    public static JsonObject? Find(JsonObject account, ulong id) => Of(account).FirstOrDefault(credential => IdOf(credential) == id);

    /// <summary>The largest id; one that was removed is given out again.</summary>
    public static ulong LastId(JsonObject account) => Of(account).Select(credential => IdOf(credential) ?? 0).DefaultIfEmpty().Max();

    /// <summary>Adds one at the end with what the server gives it.</summary>
    public static void Add(JsonObject account, JsonObject credential, string kind, ulong id, string secret)
    {
        credential["credentialId"] = RegistryId.Format(id);
        credential["secret"] = PasswordHashes.Hash(secret);
        credential[RegistrySchema.Variant] = kind;
        JsonObject list = account["credentials"]!.AsObject();
        list[list.Count.ToString(CultureInfo.InvariantCulture)] = credential;
    }

    /// <summary>Adds the password of an account that has none.</summary>
    public static void AddPassword(JsonObject account, string password, ObjectCreator creator) =>
        Add(account, creator.Complete("Credential", ObjectCreator.Variant(Password)), Password, 0, password);

    /// <summary>Removes one, and counts the rest anew.</summary>
    public static void Remove(JsonObject account, JsonObject credential)
    {
        JsonObject list = account["credentials"]!.AsObject();
        JsonNode[] rest = [.. list.Select(item => item.Value!).Where(item => item != credential)];
        list.Clear();
        for (int i = 0; i < rest.Length; i++)
        {
            list[i.ToString(CultureInfo.InvariantCulture)] = rest[i];
        }
    }
}
