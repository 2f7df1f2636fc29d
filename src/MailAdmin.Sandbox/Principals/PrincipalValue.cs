using System.Text;
using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Principals;

/// <summary>A value of a PATCH: a string, a number, strings or numbers; anything else is refused.</summary>
internal abstract record PrincipalValue
{
    /// <summary>Longer strings are refused.</summary>
    public const int MaxBytes = 512;

    public sealed record Text(string Value) : PrincipalValue;

    public sealed record Number(ulong Value) : PrincipalValue;

    public sealed record Texts(string[] Values) : PrincipalValue;

    public sealed record Numbers(ulong[] Values) : PrincipalValue;

    public static PrincipalValue Parse(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => new Text(ReadShortText(element)),
        JsonValueKind.Number when element.TryGetUInt64(out ulong number) => new Number(number),
        JsonValueKind.Array => ParseList(element),
        _ => throw ApiException.BadParameters(),
    };

    public static string ReadShortText(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.String || element.GetString() is not { } text || Encoding.UTF8.GetByteCount(text) > MaxBytes)
        {
            throw ApiException.BadParameters();
        }

        return text;
    }

    private static PrincipalValue ParseList(JsonElement element)
    {
        JsonElement[] items = element.EnumerateArray().ToArray();
        if (items.All(item => item.ValueKind == JsonValueKind.String))
        {
            return new Texts(Array.ConvertAll(items, ReadShortText));
        }

        if (items.All(item => item.ValueKind == JsonValueKind.Number && item.TryGetUInt64(out _)))
        {
            return new Numbers(Array.ConvertAll(items, item => item.GetUInt64()));
        }

        throw ApiException.BadParameters();
    }
}
