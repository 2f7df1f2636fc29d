using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>What became, or would become, of one row of an import.</summary>
public sealed record MailImportResult
{
    /// <summary>The row, counted from 1 without the header.</summary>
    public required int Row { get; init; }
    /// <summary>The principal's name; empty when the row has none.</summary>
    public string Identity { get; init; } = "";
    /// <summary>The principal's kind, where the row tells it.</summary>
    public PrincipalType? Type { get; init; }
    /// <summary><c>Created</c>, <c>Updated</c>, <c>Unchanged</c> or <c>Failed</c>; with -WhatIf <c>Create</c> and <c>Update</c>.</summary>
    public required string Action { get; init; }
    /// <summary>What was set or changed, for people. Never a secret.</summary>
    public StringList Changes { get; init; } = StringList.Empty;
    /// <summary>The column at fault.</summary>
    public string? Column { get; init; }
    /// <summary>A stable word for the fault.</summary>
    public string? ErrorId { get; init; }
    /// <summary>The fault.</summary>
    public string? Error { get; init; }
    /// <summary>The login with the generated password, once.</summary>
    public System.Management.Automation.PSCredential? Credential { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"Row {Row}: {Action} {Identity}";
}
