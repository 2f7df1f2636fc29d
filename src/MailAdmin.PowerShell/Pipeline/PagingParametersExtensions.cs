// PowerShell counts -First and -Skip up to a number larger than the client or a list can count. They are limited here and nowhere else.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>-Skip and -First as the client takes them, and as they are applied to what is listed here.</summary>
internal static class PagingParametersExtensions
{
    /// <summary>How many to skip.</summary>
    public static long SkipCount(this PagingParameters paging) => (long)Math.Min(paging.Skip, long.MaxValue);

    /// <summary>How many to return; null = all.</summary>
    public static long? FirstOrNull(this PagingParameters paging) => paging.First > long.MaxValue ? null : (long)paging.First;

    /// <summary>How many to request where the skipped ones are requested too; null = all.</summary>
    public static int? EndOrNull(this PagingParameters paging) => paging.First < int.MaxValue && paging.Skip < int.MaxValue - paging.First ? (int)(paging.First + paging.Skip) : null;

    /// <summary>The selected part of one list.</summary>
    public static IEnumerable<T> Apply<T>(this PagingParameters paging, IEnumerable<T> items) => new PagingCounter(paging).Apply(items);
}
