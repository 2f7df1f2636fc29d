using MailAdmin.Client.Provisioning;

namespace MailAdmin.Client;

/// <summary>What one row asks for, read by itself: nothing of it is compared with the server.</summary>
public sealed class PrincipalRow
{
    private readonly ParsedRow _row;

    internal PrincipalRow(ParsedRow row) => _row = row;

    /// <summary>The principal of the row. Its <see cref="NewPrincipal.Secret"/> is empty: see <see cref="Password"/>. The name is empty if the row gives none.</summary>
    public required NewPrincipal Principal { get; init; }

    /// <summary>Whether the row gives roles.</summary>
    public required bool HasRoles { get; init; }

    /// <summary>Whether it may sign in; null if the row does not say.</summary>
    public required bool? Enabled { get; init; }

    /// <summary>The password or hash; null without one. Secret.</summary>
    public required PasswordCell? Password { get; init; }

    /// <summary>What stood among the addresses and is none, by the word before the colon: <c>X500</c>, <c>SIP</c>.</summary>
    public required IReadOnlyList<string> LeftOut { get; init; }

    /// <summary>What is wrong with the row; empty for a valid one.</summary>
    public required IReadOnlyList<RowError> Errors { get; init; }

    /// <summary>An error of the row's principal without what may be the password.</summary>
    /// <param name="error">The error.</param>
    /// <returns>The same error where it quotes nothing of that kind.</returns>
    public MailServerException Hide(MailServerException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        // What the row names, such as its groups, may be its password: two cells may have changed places.
        string[] columns = [.. _row.HiddenNames.Where(hidden => error.Message.Contains(hidden.Name, StringComparison.OrdinalIgnoreCase)).Select(hidden => hidden.Header).Distinct()];
        return columns.Length == 0
            ? error
            : new MailServerException(
                error.Code, error.Operation,
                $"What the row names in {string.Join(" or ", columns.Select(column => $"'{column}'"))} is not on the server, or not taken. The cell is not shown, as it may be the password: compare the row with the header.")
            { Status = error.Status, Field = error.Field };
    }

    /// <summary>The name alone.</summary>
    public override string ToString() => Principal.Name;
}
