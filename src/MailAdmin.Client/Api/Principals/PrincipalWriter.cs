using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>Writes the bodies of POST and PATCH /principal. What is null or empty is not sent.</summary>
internal static class PrincipalWriter
{
    // The body goes to the server alone, never into a page: names beyond ASCII need no escapes.
    private static readonly JsonWriterOptions s_plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static byte[] Create(NewPrincipal principal) => Write(principal, static (json, value) =>
    {
        json.WriteStartObject();
        json.WriteString(PrincipalField.Type, value.Type.Word);
        json.WriteString(PrincipalField.Name, value.Name);
        Text(json, PrincipalField.Description, value.Description);
        Text(json, PrincipalField.Picture, value.Picture);
        Text(json, PrincipalField.Tenant, value.Tenant);
        Text(json, PrincipalField.Locale, value.Locale);
        if (value.Quota is { } quota && PrincipalChecks.HoldsQuota(value.Type))
        {
            json.WriteNumber(PrincipalField.Quota, quota);
        }
        List(json, PrincipalField.Secrets, value.Secret);
        List(json, PrincipalField.Emails, value.Email);
        List(json, PrincipalField.MemberOf, value.MemberOf);
        List(json, PrincipalField.Lists, value.List);
        List(json, PrincipalField.Roles, value.Role);
        List(json, PrincipalField.Members, value.Member);
        List(json, PrincipalField.ExternalMembers, value.ExternalMember);
        List(json, PrincipalField.EnabledPermissions, value.EnabledPermission);
        List(json, PrincipalField.DisabledPermissions, value.DisabledPermission);
        List(json, PrincipalField.Urls, value.Url);
        json.WriteEndObject();
    });

    public static byte[] Patch(IReadOnlyList<PrincipalChange> changes) => Write(changes, static (json, steps) =>
    {
        json.WriteStartArray();
        foreach (PrincipalChange step in steps)
        {
            json.WriteStartObject();
            json.WriteString("action", Word(step.Action));
            json.WriteString("field", step.Field);
            Value(json, step);
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

    private static string Word(PrincipalAction action) => action switch
    {
        PrincipalAction.Set => "set",
        PrincipalAction.AddItem => "addItem",
        PrincipalAction.RemoveItem => "removeItem",
        _ => throw new ArgumentOutOfRangeException(nameof(action)),
    };

    private static void Value(Utf8JsonWriter json, PrincipalChange step)
    {
        if (step.Number is { } number)
        {
            json.WriteNumber("value", number);
        }
        else if (step.Items is { } items)
        {
            Array(json, "value", items);
        }
        else
        {
            json.WriteString("value", step.Text);
        }
    }

    private static void Text(Utf8JsonWriter json, string field, string? text)
    {
        if (!string.IsNullOrEmpty(text))
        {
            json.WriteString(field, text);
        }
    }

    private static void List(Utf8JsonWriter json, string field, IReadOnlyList<string> items)
    {
        if (items.Count > 0)
        {
            Array(json, field, items);
        }
    }

    private static void Array(Utf8JsonWriter json, string field, IReadOnlyList<string> items)
    {
        json.WriteStartArray(field);
        foreach (string item in items)
        {
            json.WriteStringValue(item);
        }
        json.WriteEndArray();
    }
}
