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
    /// <summary>The entries; the server refuses an empty list.</summary>
    public static IReadOnlyList<AccountRequest> ReadAll(JsonElement body) =>
        body.GetArrayLength() > 0 ? [.. body.EnumerateArray().Select(Read)] : throw ApiException.BadParameters();

    private static AccountRequest Read(JsonElement entry) => entry.GetText("type") switch
    {
        "setPassword" => CreateSetPassword(entry.GetText("password")),
        "enableOtpAuth" => new AccountRequest(true, null, [CreateSecretChange(ChangeAction.AddItem, entry.GetText("url"))]),
        "disableOtpAuth" => new AccountRequest(true, null, [CreateSecretChange(ChangeAction.RemoveItem, entry.FindText("url") ?? SecretKinds.TotpPrefix)]),
        "addAppPassword" => new AccountRequest(
            false, null, [CreateSecretChange(ChangeAction.AddItem, $"{SecretKinds.AppPrefix}{entry.GetText("name")}${entry.GetText("password")}")]),
        _ => new AccountRequest(false, null, [CreateSecretChange(ChangeAction.RemoveItem, SecretKinds.AppPrefix + entry.FindText("name"))]),
    };

    private static AccountRequest CreateSetPassword(string password) =>
        new(true, password, [CreateSecretChange(ChangeAction.RemoveItem, ""), CreateSecretChange(ChangeAction.AddItem, password)]);

    private static PrincipalChange CreateSecretChange(ChangeAction action, string secret) =>
        new(action, PrincipalField.Secrets, new PrincipalValue.Text(secret));
}
