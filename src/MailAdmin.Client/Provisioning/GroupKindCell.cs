using System.Globalization;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Reads which kind of group something is in Active Directory, Entra or Exchange: one that only distributes mail is a List here, one that has rights or a mailbox of
/// its own is a Group.
/// </summary>
internal static class GroupKindCell
{
    /// <summary>Reads GroupCategory and groupType of Active Directory, GroupType of Exchange, and groupTypes of Entra.</summary>
    /// <param name="cell">The cell, which is not empty.</param>
    /// <param name="kind">The type; null where another column says it.</param>
    public static CellError? Read(string cell, out PrincipalType? kind)
    {
        kind = null;
        string[] words = cell.Split([',', ';', ' ', '{', '}', '[', ']', '"'], StringSplitOptions.RemoveEmptyEntries);

        // The sign of Active Directory's number is the bit of a security group.
        if (int.TryParse(cell, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int flags))
        {
            kind = flags < 0 ? PrincipalType.Group : PrincipalType.List;
        }
        else if (Has("Security") || Has("SecurityEnabled") || Has("Unified"))
        {
            kind = PrincipalType.Group;
        }
        else if (Has("Distribution") || Has("Universal") || Has("Global") || Has("DomainLocal"))
        {
            kind = PrincipalType.List;
        }
        else if (!Array.TrueForAll(words, word => word.Equals("DynamicMembership", StringComparison.OrdinalIgnoreCase)))
        {
            return CreateUnknown($"'{cell}' is not a known kind of group");
        }

        return null;

        bool Has(string word) => Array.Exists(words, found => found.Equals(word, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>Reads securityEnabled of Entra.</summary>
    public static CellError? ReadSecurity(string cell, out PrincipalType? kind)
    {
        bool? isSecurity = LocalWords.ReadTruth(cell);
        kind = isSecurity is null ? null : isSecurity.Value ? PrincipalType.Group : PrincipalType.List;
        return isSecurity is null ? CreateUnknown($"'{cell}' is neither True nor False") : null;
    }

    /// <summary>Says what to do where the kind is not known.</summary>
    public static CellError CreateUnknown(string reason) => new("TypeUnknown",
        $"{reason}. Add a column Type with Group, List or Individual, or ignore this column, so that the rows are accounts: -ColumnMap @{{ Header = '' }}.");
}
