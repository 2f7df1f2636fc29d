using MailAdmin.Client.Values;

namespace MailAdmin.Client;

/// <summary>Says why a part of an object is unknown: the signed-in account may not read what it is made of.</summary>
public static class UnreadParts
{
    /// <summary>What could not be read, and the permission that it takes: a sentence for each kind of object. Nothing where all is known, or what is unknown is gone.</summary>
    public static IReadOnlyList<string> Explain(ServerObject value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return [.. value.Unknown.Select(part => part.Source).OfType<UnreadSource>().Select(source => source.Reason).Distinct()];
    }

    /// <summary>The error where something depends on a property that is unknown.</summary>
    /// <param name="value">The object.</param>
    /// <param name="property">The property, one of its unknown parts; null = all of them.</param>
    /// <param name="message">What cannot be done, or is unknown, as a sentence.</param>
    public static MailServerException CreateError(ServerObject value, string? property, string message)
    {
        ArgumentNullException.ThrowIfNull(value);
        return CreateError(value.Unknown.Where(part => property is null || part.Property == property).Select(part => part.Source).OfType<UnreadSource>(), message);
    }

    /// <summary>The same of what would have to be read.</summary>
    internal static MailServerException CreateError(IEnumerable<UnreadSource> sources, string message, string? field = null, string? item = null)
    {
        UnreadSource[] all = [.. sources.DistinctBy(source => source.Noun)];
        return new MailServerException(MailErrorCode.Forbidden, Operations.CallJmap, string.Join(' ', all.Select(source => source.Reason).Prepend(message)))
        {
            Field = field,
            Item = item,
            MissingPermissions = [.. all.SelectMany(source => source.MissingPermissions).Distinct()],
        };
    }

    /// <summary>Whether an error says that nobody knows whether there is something of a name, since it may be among what the account may not read.</summary>
    internal static bool IsUnknownName(MailServerException error) => error is { Code: MailErrorCode.Forbidden, Status: null, ServerCode: null, Item: not null };
}
