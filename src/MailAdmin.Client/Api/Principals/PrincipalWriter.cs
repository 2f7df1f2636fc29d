using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Writes the bodies of POST /principal and PATCH /principal/{name}. What is null or empty is not sent.</summary>
internal static class PrincipalWriter
{
    // The body goes to the server alone, never into a page: names beyond ASCII need no escapes.
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] WriteNew(NewPrincipal principal) => Write(principal, static (json, value) =>
    {
        json.WriteStartObject();
        json.WriteString(PrincipalField.Type, value.Type.Word);
        json.WriteString(PrincipalField.Name, value.Name);
        WriteText(json, PrincipalField.Description, value.Description);
        WriteText(json, PrincipalField.Picture, value.Picture);
        WriteText(json, PrincipalField.Tenant, value.Tenant);
        WriteText(json, PrincipalField.Locale, value.Locale);
        if (value.Quota is { } quota && TypeFields.CanHave(value.Type, PrincipalField.Quota))
        {
            json.WriteNumber(PrincipalField.Quota, quota);
        }
        WriteList(json, PrincipalField.Secrets, value.Secret);
        WriteList(json, PrincipalField.Emails, value.Email);
        WriteList(json, PrincipalField.MemberOf, value.MemberOf);
        WriteList(json, PrincipalField.Lists, value.List);
        WriteList(json, PrincipalField.Roles, value.Role);
        WriteList(json, PrincipalField.Members, value.Member);
        WriteList(json, PrincipalField.ExternalMembers, value.ExternalMember);
        WriteList(json, PrincipalField.EnabledPermissions, value.EnabledPermission);
        WriteList(json, PrincipalField.DisabledPermissions, value.DisabledPermission);
        WriteList(json, PrincipalField.Urls, value.Url);
        json.WriteEndObject();
    });

    public static byte[] WritePatch(IReadOnlyList<PrincipalChange> changes) => Write(changes, static (json, steps) =>
    {
        json.WriteStartArray();
        foreach (PrincipalChange step in steps)
        {
            json.WriteStartObject();
            json.WriteString("action", GetWireName(step.Action));
            json.WriteString("field", step.Field);
            WriteValue(json, step);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    });

    private static byte[] Write<T>(T value, Action<Utf8JsonWriter, T> write)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(buffer, s_plain))
        {
            write(json, value);
        }
        return buffer.WrittenSpan.ToArray();
    }

    private static string GetWireName(PrincipalAction action) => action switch
    {
        PrincipalAction.Set => "set",
        PrincipalAction.AddItem => "addItem",
        PrincipalAction.RemoveItem => "removeItem",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static void WriteValue(Utf8JsonWriter json, PrincipalChange step)
    {
        if (step.Number is { } number)
        {
            json.WriteNumber("value", number);
        }
        else if (step.Items is { } items)
        {
            WriteArray(json, "value", items);
        }
        else
        {
            json.WriteString("value", step.Text);
        }
    }

    private static void WriteText(Utf8JsonWriter json, string field, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(field, text);
        }
    }

    private static void WriteList(Utf8JsonWriter json, string field, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            WriteArray(json, field, items);
        }
    }

    private static void WriteArray(Utf8JsonWriter json, string field, IReadOnlyList<string> items)
    {
        json.WriteStartArray(field);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }
        json.WriteEndArray();
    }
}
