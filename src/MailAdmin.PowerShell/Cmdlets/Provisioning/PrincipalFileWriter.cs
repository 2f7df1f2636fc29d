using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Isolated.Csv;
using MailAdmin.PowerShell.Cmdlets.Principal;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>Writes the columns that Export-MailPrincipal writes and Import-MailPrincipal reads, as CSV or JSON. None is a secret.</summary>
internal static class PrincipalFileWriter
{
    private static readonly (string Name, Func<MailPrincipal, object?> Read)[] s_columns =
    [
        (nameof(MailPrincipal.Name), p => p.Name),
        (nameof(MailPrincipal.Type), p => p.Type),
        (nameof(MailPrincipal.Description), p => p.Description),
        (nameof(MailPrincipal.Email), p => p.Email),
        (nameof(MailPrincipal.Quota), p => p.Quota),
        (nameof(MailPrincipal.MemberOf), p => p.MemberOf),
        (nameof(MailPrincipal.List), p => p.List),
        (nameof(MailPrincipal.Role), p => p.Role is [] && p.Type == PrincipalType.Individual ? new StringList([PrincipalRowReader.NoRole]) : p.Role),
        (nameof(MailPrincipal.Member), p => p.Member),
        (nameof(MailPrincipal.ExternalMember), p => p.ExternalMember),
        (nameof(MailPrincipal.EnabledPermission), p => p.EnabledPermission),
        (nameof(MailPrincipal.DisabledPermission), p => p.DisabledPermission),
        (nameof(MailPrincipal.Url), p => p.Url),
        (nameof(MailPrincipal.Tenant), p => p.Tenant),
        (nameof(MailPrincipal.Picture), p => p.Picture),
        (nameof(MailPrincipal.Locale), p => p.Locale),
    ];

    private static readonly string[] s_fields = PrincipalProperty.ToFields([.. s_columns.Select(column => column.Name)]);

    /// <summary>The headers of the columns.</summary>
    public static IReadOnlyList<string> Headers { get; } = [.. s_columns.Select(column => column.Name)];

    /// <summary>Whether everything that is written of it was fetched.</summary>
    public static bool CanWrite(MailPrincipal principal) => s_fields.All(field => PrincipalField.WasFetched(principal, field));

    /// <summary>Refuses a principal of which something could not be read: an empty cell would say that it has none, and an import with -Replace would take it away.</summary>
    /// <exception cref="MailServerException"><c>Forbidden</c> with the permission that is missing.</exception>
    public static MailPrincipal ThrowIfUnknown(MailPrincipal principal)
    {
        string[] unknown = [.. Headers.Intersect(principal.UnknownParts)];
        return unknown.Length == 0 ? principal : throw UnreadParts.CreateError(
            principal,
            property: null,
            $"The file is not written: {string.Join(", ", unknown)} of '{principal}' {(unknown.Length == 1 ? "is" : "are")} unknown, and an empty cell would say that there is nothing. Write the columns that are known: Get-MailPrincipal | Select-Object {string.Join(", ", Headers.Take(3).Except(unknown))} | Export-Csv people.csv.");
    }

    /// <summary>Writes CSV with a header; lists are joined by <c>;</c>, no quota is an empty cell. Returns the number of rows.</summary>
    public static int WriteCsv(Stream stream, IEnumerable<MailPrincipal> principals, char delimiter, Encoding encoding, FormulaCells formulas)
    {
        using var writer = new DelimitedTextWriter(stream, delimiter, encoding);
        writer.WriteRow(Headers);
        int count = 0;
        foreach (MailPrincipal principal in principals)
        {
            writer.WriteRow(s_columns.Select(c => formulas.Write(FormatCell(c.Read(principal)))));
            count++;
        }
        writer.Flush();
        return count;
    }

    /// <summary>Writes an array of objects; empty fields are omitted. Returns their number.</summary>
    public static int WriteJson(Stream stream, IEnumerable<MailPrincipal> principals)
    {
        // Names stay readable: the file is for people and Import, not for a web page.
        using var writer = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        writer.WriteStartArray();
        int count = 0;
        foreach (MailPrincipal principal in principals)
        {
            WriteObject(writer, principal);
            count++;
        }
        writer.WriteEndArray();
        return count;
    }

    private static string? FormatCell(object? value) => value is long number ? FormatQuota(number) : value?.ToString();

    // A quota so small that Import takes it for another unit is written with its own.
    private static string? FormatQuota(long bytes) => bytes switch
    {
        0 => null,
        > 0 and < QuotaRule.MinimumWithoutUnit => string.Create(CultureInfo.InvariantCulture, $"{bytes} bytes"),
        _ => bytes.ToString(CultureInfo.InvariantCulture),
    };

    private static void WriteObject(Utf8JsonWriter writer, MailPrincipal principal)
    {
        writer.WriteStartObject();
        foreach ((string name, Func<MailPrincipal, object?> read) in s_columns)
        {
            switch (read(principal))
            {
                case string text: writer.WriteString(name, text); break;
                case long and > 0 and < QuotaRule.MinimumWithoutUnit and var small: writer.WriteString(name, FormatQuota(small)); break;
                case long and not 0 and var number: writer.WriteNumber(name, number); break;
                case StringList { Count: > 0 } items: WriteItems(writer, name, items); break;
                default: break;
            }
        }
        writer.WriteEndObject();
    }

    private static void WriteItems(Utf8JsonWriter writer, string name, StringList items)
    {
        writer.WriteStartArray(name);
        foreach (string item in items)
        {
            writer.WriteStringValue(item);
        }
        writer.WriteEndArray();
    }
}
