using MailAdmin.Client.Values;

namespace MailAdmin.Client.Provisioning;

/// <summary>Refuses a cell that says in words that there is no value: the words would become the value.</summary>
internal static class PlaceholderCell
{
    private const string Advice = "is what programs write where there is no value: empty the cell";

    /// <summary>Why the cell of a field is refused; null for one that may be meant, and where names are looked up first.</summary>
    public static CellError? Check(ImportField field, string cell) => GetErrorId(field) is { } id && IsMeantFor(field, cell)
        ? new CellError(id, $"'{cell}' {CellMessage.Plain(Advice)}.{CellMessage.Plain(field == ImportField.Description ? " If it is the description all the same, give it with Set-MailPrincipal -Description." : "")}")
        : null;

    /// <summary>The advice behind a name that is not there; empty where the name is no such word.</summary>
    public static string Advise(string name) => Placeholder.Is(name) || name == "na" ? $" It {Advice}." : "";

    /// <summary>Why a new name is refused; null for one that may be meant.</summary>
    public static CellError? CheckName(string name) => Placeholder.Is(name)
        ? new CellError("NameInvalid", $"'{name}' {CellMessage.Plain(Advice)}, or write the name; if it is the name all the same, specify -AllowUnusualName.")
        : null;

    // People are called Null and Na.
    private static bool IsMeantFor(ImportField field, string cell) => Placeholder.Is(cell) && (field is not (ImportField.GivenName or ImportField.Surname) || (cell != "NA" && !IsCapitalized(cell)))
        // A quota of none is one.
        && (field != ImportField.Quota || !ByteSize.TryParse(cell, out _));

    private static bool IsCapitalized(string cell) => char.IsUpper(cell[0]) && cell.Skip(1).All(char.IsLower);

    private static string? GetErrorId(ImportField field) => field switch
    {
        ImportField.Email or ImportField.PrimaryEmail or ImportField.ExternalMember or ImportField.CatchAll => "EmailInvalid",
        ImportField.Quota => "QuotaInvalid",
        ImportField.Description or ImportField.GivenName or ImportField.Surname or ImportField.Url or ImportField.Picture or ImportField.Locale => "TextInvalid",
        _ => null,
    };
}
