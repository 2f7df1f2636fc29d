namespace MailAdmin.Client.Provisioning;

/// <summary>Reads the type of a principal, by our names and those of other directories.</summary>
internal static class TypeCell
{
    /// <summary>Reads the type.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="types">The types that the server has. One of another server is read too: its row is refused for it.</param>
    /// <param name="type">The type.</param>
    public static CellError? Read(string cell, IReadOnlyList<PrincipalType> types, out PrincipalType type)
    {
        // objectClass is a chain of classes; the last one is the object's own.
        string word = cell[(cell.LastIndexOf(';') + 1)..].Trim();
        if (PrincipalType.TryParse(word, out type))
        {
            return null;
        }

        PrincipalType? foreign = word.ToUpperInvariant() switch
        {
            "USER" or "PERSON" or "INETORGPERSON" or "MEMBER" or "USERMAILBOX" or "LINKEDMAILBOX" or "LEGACYMAILBOX" or "REMOTEUSERMAILBOX" or "LINKEDROOMMAILBOX"
                => PrincipalType.Individual,
            "SHAREDMAILBOX" or "REMOTESHAREDMAILBOX" or "TEAMMAILBOX" or "REMOTETEAMMAILBOX" or "GROUPMAILBOX" or "MAILUNIVERSALSECURITYGROUP"
                => PrincipalType.Group,
            "MAILUNIVERSALDISTRIBUTIONGROUP" or "MAILNONUNIVERSALGROUP" or "MAILINGLIST" or "DISTRIBUTIONLIST" or "ROOMLIST" => PrincipalType.List,
            "ROOMMAILBOX" or "REMOTEROOMMAILBOX" => PrincipalType.Location,
            "EQUIPMENTMAILBOX" or "REMOTEEQUIPMENTMAILBOX" or "THING" => PrincipalType.Resource,
            // Servers before 0.16 list such, and take no new ones.
            "OTHER" when !types.Contains(PrincipalType.Resource) => PrincipalType.FromWire("other"),
            _ => null,
        };
        type = foreign ?? default;
        if (foreign is not null)
        {
            return null;
        }

        string advice = word.Equals("DynamicDistributionGroup", StringComparison.OrdinalIgnoreCase)
            ? "its members are found by a rule, which this server does not have. Make a List with its members of today."
            : $"write one of {string.Join(", ", types)}.";
        return new CellError("TypeUnknown", $"'{cell}' is not a type of principal: {CellMessage.Plain(advice)}");
    }

    /// <summary>Why a kind of object of another directory has no counterpart here, so that its row is passed over; null for any other word.</summary>
    public static string? GetSkipReason(string cell)
    {
        string word = cell[(cell.LastIndexOf(';') + 1)..].Trim();
        string? reason = word.ToUpperInvariant() switch
        {
            "MAILCONTACT" or "CONTACT" or "MAILUSER" or "GUEST" or "GUESTMAILUSER" or "MAILFORESTCONTACT" =>
                "its mail goes to another server. Where it is a member of a list, name its address there",
            "SCHEDULINGMAILBOX" or "DISCOVERYMAILBOX" or "ARBITRATIONMAILBOX" or "AUDITLOGMAILBOX" or "AUXAUDITLOGMAILBOX" or "SUPERVISORYREVIEWPOLICYMAILBOX" or "SYSTEMMAILBOX"
                or "SYSTEMATTENDANTMAILBOX" or "MONITORINGMAILBOX" or "HEALTHMAILBOX" or "PUBLICFOLDERMAILBOX" or "PUBLICFOLDER" =>
                "it belongs to Exchange itself",
            "COMPUTER" or "ORGANIZATIONALUNIT" or "CONTAINER" or "FOREIGNSECURITYPRINCIPAL" or "MSDS-GROUPMANAGEDSERVICEACCOUNT" or "MSDS-MANAGEDSERVICEACCOUNT" =>
                "it has no mailbox",
            _ => null,
        };
        return reason is null ? null : $"Not imported: of type {word}, {reason}.";
    }
}
