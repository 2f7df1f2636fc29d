using System.Text.Json;

namespace MailAdmin.Client.Api.Principals;

/// <summary>The roles of an account, a group or a tenant: one of the server's words, or a list of roles.</summary>
internal static class JmapRoles
{
    /// <summary>Those named by their ids, and no others.</summary>
    public const string Custom = "Custom";

    // The names of older servers stand for roles with that of users.
    private static readonly HashSet<string> s_withUser = new(["user", "admin", "tenant-admin"], StringComparer.OrdinalIgnoreCase);

    /// <summary>The name of a role among those of an account: the role of users is the word for it.</summary>
    public static string GetWord(string role) => role == "User" ? "user" : role;

    /// <summary>The word for a list of names of roles; <see cref="Custom"/> where there is none of its own.</summary>
    public static string GetVariant(PrincipalType kind, IReadOnlyCollection<string> roles)
    {
        if (kind != PrincipalType.Individual)
        {
            return roles.Count == 0 ? "Default" : Custom;
        }
        var names = roles.Select(role => role.ToLowerInvariant()).ToHashSet(StringComparer.Ordinal);
        // An administrator has the rights of a user with it.
        return names.SetEquals(["user"]) ? "User" : names.SetEquals(["admin"]) || names.SetEquals(["admin", "user"]) ? "Admin" : Custom;
    }

    /// <summary>What an account cannot do without the role of users, which the server adds to none; null where it has that role.</summary>
    public static string? FindWarning(PrincipalType kind, string name, IReadOnlyCollection<string> roles)
    {
        if (kind != PrincipalType.Individual || roles.Any(s_withUser.Contains))
        {
            return null;
        }
        string state = roles.Count == 0 ? "Without a role" : "With roles that neither are nor contain the role 'user',";
        return $"{state} '{name}' can neither read its mail nor change its password. Set-MailPrincipal '{name}' -AddRole user gives it that role.";
    }

    /// <summary>The names as they are read again: those of a word are its own.</summary>
    public static IReadOnlyList<string> GetNames(PrincipalType kind, IReadOnlyList<string> roles) =>
        kind != PrincipalType.Individual ? roles : GetVariant(kind, roles) switch
        {
            "User" => ["user"],
            "Admin" => ["admin"],
            _ => roles,
        };

    /// <summary>Writes them.</summary>
    /// <param name="writer">Receives them.</param>
    /// <param name="variant">The word.</param>
    /// <param name="ids">Of <see cref="Custom"/>, the roles.</param>
    public static void Write(Utf8JsonWriter writer, string variant, IEnumerable<string> ids)
    {
        writer.WriteStartObject();
        writer.WriteString(DirectoryType.TypeProperty, variant);
        if (variant == Custom)
        {
            writer.WritePropertyName("roleIds");
            JmapValues.WriteSet(writer, ids);
        }
        writer.WriteEndObject();
    }
}
