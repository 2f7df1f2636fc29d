using System.Net;
using System.Text.Json;

namespace MailAdmin.Client.Calls;

/// <summary>The members of an error body, whether it has one of the server's three forms or OAuth's (docs/api.md §2.2–2.4).</summary>
internal sealed class ServerFault
{
    private const string PrivateKey = "private-key";
    private string? _value;

    public string? Error { get; private set; }
    public string? Field { get; private set; }
    public string? Item { get; private set; }
    public string? Details { get; private set; }
    public string? Reason { get; private set; }
    public string? Title { get; private set; }
    public string? Limit { get; private set; }
    public int? Status { get; private set; }

    /// <summary>Whether too many calls are in progress at once, which ends by itself; other limits are those of one request.</summary>
    public bool IsConcurrencyLimit => Limit is not null && Limit.StartsWith("maxConcurrent", StringComparison.Ordinal);

    /// <summary>The members that no problem document of the mail server has, or a type of its own: another server or a proxy wrote it.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>The value that is taken; never the private key that the server quotes for a taken DKIM id.</summary>
    public string? Value => Field?.EndsWith(PrivateKey, StringComparison.Ordinal) == true
        || _value?.Contains("PRIVATE KEY", StringComparison.Ordinal) == true ? null : _value;

    /// <summary>Whether it has the shape of a problem document.</summary>
    public bool IsProblemDetails => Status is not null || Title is not null || (Error is null && Details is not null);

    /// <summary>Whether it is a problem document as the mail server sends it with this status (docs/api.md §2.3).</summary>
    public bool IsOwnProblem(HttpStatusCode status) => !IsForeign && Error is null && Status == (int)status && Details is not null;

    /// <summary>Whether it is an error of the management API, known or not (docs/api.md §2.2): one word, and no member that the server does not send.</summary>
    public bool IsOwnError => !IsForeign && !IsProblemDetails && Limit is null && Error is { Length: > 0 } word && word.All(char.IsAsciiLetter);

    /// <summary>Reads a body; null when it is not a JSON object.</summary>
    public static ServerFault? Parse(ReadOnlySpan<byte> body)
    {
        try
        {
            var reader = new Utf8JsonReader(body);
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject ? ReadMembers(ref reader) : null;
        }
        catch (Exception e) when (ResponseReader.IsMalformedJson(e))
        {
            return null;
        }
    }

    /// <summary>Reads a member; the reader is on its value and is left at the value's end.</summary>
    public void ReadMember(string name, ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.String)
        {
            SetMember(name, reader.GetString());
        }
        else if (reader.TokenType == JsonTokenType.Number && name == "status" && reader.TryGetInt32(out int status))
        {
            Status = status;
        }
        else if (reader.TokenType == JsonTokenType.Null)
        {
            SetMember(name, null);
        }
        else
        {
            IsForeign = true;
            reader.TrySkip();
        }
    }

    private static ServerFault ReadMembers(ref Utf8JsonReader reader)
    {
        var fault = new ServerFault();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString()!;
            reader.Read();
            fault.ReadMember(name, ref reader);
        }
        return fault;
    }

    private void SetMember(string name, string? text)
    {
        switch (name)
        {
            case "error": Error = text; break;
            case "field": Field = text; break;
            case "value": _value = text; break;
            case "item": Item = text; break;
            case "details" or "detail": Details = text; break;
            case "reason": Reason = text; break;
            case "title": Title = text; break;
            case "limit": Limit = text; break;
            case "type": IsForeign |= text is not null && text != "about:blank" && !text.StartsWith("urn:ietf:params:jmap:", StringComparison.Ordinal); break;
            default: IsForeign = true; break;
        }
    }
}
