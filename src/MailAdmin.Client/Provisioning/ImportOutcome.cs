namespace MailAdmin.Client;

/// <summary>What became of one row of an import.</summary>
public sealed class ImportOutcome
{
    internal ImportOutcome(PlannedRow row, string? generatedPassword = null, Exception? error = null) =>
        (Row, GeneratedPassword, Error) = (row, generatedPassword, error);

    /// <summary>The row as it was planned. One that was invalid or unchanged was not sent.</summary>
    public PlannedRow Row { get; }

    /// <summary>The password that was generated for a new account, also where it is unknown whether the account was made: secret, and nowhere else.</summary>
    public string? GeneratedPassword { get; }

    /// <summary>Why the planned change was not made; null if it was made, or none was planned.</summary>
    public Exception? Error { get; }

    /// <summary>Whether it is unknown what became of the row: the answer was lost, and the server could not be asked since.</summary>
    public bool IsUnknown => Error is MailServerException { Code: MailErrorCode.OutcomeUnknown };

    /// <summary>The row alone: what is printed never holds a secret.</summary>
    public override string ToString() => Row.ToString();
}
