using System.Text.Json;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Principals;

namespace MailAdmin.Sandbox.Account;

/// <summary>
/// One entry of <c>POST /api/account/auth</c>: whether this request has to be authenticated with the password, the
/// password to set, if any, and the resulting changes of secrets.
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

    private static AccountRequest Parse(JsonElement entry) => entry.GetOptionalString("type") switch
    {
        "setPassword" => CreateSetPassword(entry.GetRequiredString("password")),
        "enableOtpAuth" => new AccountRequest(true, null, [CreateSecretChange(ChangeAction.AddItem, entry.GetRequiredString("url"))]),
        "disableOtpAuth" => new AccountRequest(true, null, [CreateSecretChange(ChangeAction.RemoveItem, entry.GetOptionalString("url") ?? SecretKinds.TotpPrefix)]),
        "addAppPassword" => new AccountRequest(
            false, null, [CreateSecretChange(ChangeAction.AddItem, $"{SecretKinds.AppPrefix}{entry.GetRequiredString("name")}${entry.GetRequiredString("password")}")]),
        "removeAppPassword" => new AccountRequest(false, null, [CreateSecretChange(ChangeAction.RemoveItem, SecretKinds.AppPrefix + entry.GetOptionalString("name"))]),
        _ => throw ApiException.BadParameters(),
    };

    private static AccountRequest CreateSetPassword(string password) =>
        new(true, password, [CreateSecretChange(ChangeAction.RemoveItem, ""), CreateSecretChange(ChangeAction.AddItem, password)]);

    private static PrincipalChange CreateSecretChange(ChangeAction action, string secret) =>
        new(action, PrincipalField.Secrets, new PrincipalValue.Text(secret));
}
