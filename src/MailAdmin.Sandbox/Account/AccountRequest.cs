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
            throw Refusal.BadParameters();
        }

        return [.. body.EnumerateArray().Select(Parse)];
    }

    private static AccountRequest Parse(JsonElement entry) => Text(entry, "type") switch
    {
        "setPassword" => SetPassword(Required(entry, "password")),
        "enableOtpAuth" => new AccountRequest(true, null, [Change(ChangeAction.AddItem, Required(entry, "url"))]),
        "disableOtpAuth" => new AccountRequest(true, null, [Change(ChangeAction.RemoveItem, Text(entry, "url") ?? SecretKinds.TotpPrefix)]),
        "addAppPassword" => new AccountRequest(
            false, null, [Change(ChangeAction.AddItem, $"{SecretKinds.AppPrefix}{Required(entry, "name")}${Required(entry, "password")}")]),
        "removeAppPassword" => new AccountRequest(false, null, [Change(ChangeAction.RemoveItem, SecretKinds.AppPrefix + Text(entry, "name"))]),
        _ => throw Refusal.BadParameters(),
    };

    private static AccountRequest SetPassword(string password) =>
        new(true, password, [Change(ChangeAction.RemoveItem, ""), Change(ChangeAction.AddItem, password)]);

    private static PrincipalChange Change(ChangeAction action, string secret) =>
        new(action, PrincipalField.Secrets, new PrincipalValue.Text(secret));

    private static string Required(JsonElement entry, string name) => Text(entry, name) ?? throw Refusal.BadParameters();

    private static string? Text(JsonElement entry, string name)
    {
        if (entry.ValueKind != JsonValueKind.Object)
        {
            throw Refusal.BadParameters();
        }

        if (!entry.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return value.ValueKind == JsonValueKind.String ? value.GetString() : throw Refusal.BadParameters();
    }
}
