namespace MailAdmin.Client;

/// <summary>What is wrong with one row: it is not sent.</summary>
/// <param name="Row">The number of the row, from 1, without the header.</param>
/// <param name="Column">The header of the column; null when the whole row is invalid.</param>
/// <param name="Value">The invalid value; null for the whole row, for a password, and where the cell may be the password: then nothing of the row is in the message.</param>
/// <param name="Message">What is wrong and what would be right, without row and column.</param>
/// <param name="ErrorId">A stable id, such as <c>QuotaInvalid</c>.</param>
public sealed record RowError(int Row, string? Column, string? Value, string Message, string ErrorId)
{
    /// <summary>Whether the message leaves out what the cell holds, which may be the password.</summary>
    internal bool IsHidden { get; init; }

    /// <summary>Whether the row is invalid for another one alone, which it needs and which is.</summary>
    internal bool IsSpread { get; init; }

    /// <summary>Row, column and message.</summary>
    public override string ToString() => Column is null ? $"Row {Row}: {Message}" : $"Row {Row}, column '{Column}': {Message}";
}
