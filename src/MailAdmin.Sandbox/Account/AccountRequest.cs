using System.Text.Json;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Account;

/// <summary>
/// One entry of <c>POST /api/account/auth</c>: whether the caller has to have sent its password with this very request, the
/// password to set if that is what is asked, and the changes of secrets that it comes to.
/// </summary>
internal sealed record AccountRequest(bool NeedsPassword, string? NewPassword, IReadOnlyList<PrincipalChange> Changes)
{
    public static IReadOnlyList<AccountRequest> ParseAll(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Array || body.GetArrayLength() == 0)
        {
            throw ApiException.BadParameters();
        }

        return [.. body.EnumerateArray().Select(Parse)];
    }

    private static AccountRequest Parse(JsonElement entry) => GetOptionalString(entry, "type") switch
    {
        "setPassword" => CreateSetPassword(GetRequiredString(entry, "password")),
        "enableOtpAuth" => new AccountRequest(true, null, [CreateSecretChange(ChangeAction.AddItem, GetRequiredString(entry, "url"))]),
        "disableOtpAuth" => new AccountRequest(true, null, [CreateSecretChange(ChangeAction.RemoveItem, GetOptionalString(entry, "url") ?? SecretKinds.TotpPrefix)]),
        "addAppPassword" => new AccountRequest(
            false, null, [CreateSecretChange(ChangeAction.AddItem, $"{SecretKinds.AppPrefix}{GetRequiredString(entry, "name")}${GetRequiredString(entry, "password")}")]),
        "removeAppPassword" => new AccountRequest(false, null, [CreateSecretChange(ChangeAction.RemoveItem, SecretKinds.AppPrefix + GetOptionalString(entry, "name"))]),
        _ => throw ApiException.BadParameters(),
    };

    private static AccountRequest CreateSetPassword(string password) =>
        new(true, password, [CreateSecretChange(ChangeAction.RemoveItem, ""), CreateSecretChange(ChangeAction.AddItem, password)]);

    private static PrincipalChange CreateSecretChange(ChangeAction action, string secret) =>
        new(action, PrincipalField.Secrets, new PrincipalValue.Text(secret));

    private static string GetRequiredString(JsonElement entry, string name) => GetOptionalString(entry, name) ?? throw ApiException.BadParameters();

    private static string? GetOptionalString(JsonElement entry, string name)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw ApiException.BadParameters();
        }

        if (!entry.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw ApiException.BadParameters();
    }
}
