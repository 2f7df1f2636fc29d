using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>A value of a principal: a string, a number, strings or numbers.</summary>
internal abstract record PrincipalValue
{
    public sealed record Text(string Value) : PrincipalValue;

    public sealed record Number(ulong Value) : PrincipalValue;

    public sealed record Texts(string[] Values) : PrincipalValue;

    public sealed record Numbers(ulong[] Values) : PrincipalValue;

    public static PrincipalValue Read(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new Text(element.GetString()!),
        JsonValueKind.Number => new Number(element.GetUInt64()),
        _ when element.EnumerateArray().FirstOrDefault().ValueKind == JsonValueKind.Number => new Numbers([.. element.EnumerateArray().Select(item => item.GetUInt64())]),
        _ => new Texts(element.ReadTexts()),
    };
}
