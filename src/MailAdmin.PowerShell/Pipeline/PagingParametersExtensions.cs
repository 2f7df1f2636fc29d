// -First and -Skip. PowerShell counts up to a number that neither the client nor a list has objects for: here alone it is made smaller.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>-Skip and -First as the client takes them, and as they are applied to what is listed here.</summary>
internal static class PagingParametersExtensions
{
    /// <summary>How many to leave out.</summary>
    public static long SkipCount(this PagingParameters paging) => (long)Math.Min(paging.Skip, long.MaxValue);

    /// <summary>How many are wanted; null = all.</summary>
    public static long? FirstOrNull(this PagingParameters paging) => paging.First > long.MaxValue ? null : (long)paging.First;

    /// <summary>How many to ask for where those that are left out are asked for too; null = all.</summary>
    public static int? EndOrNull(this PagingParameters paging) => paging.First < int.MaxValue && paging.Skip < int.MaxValue - paging.First ? (int)(paging.First + paging.Skip) : null;

    /// <summary>The part that is wanted of one list.</summary>
    public static IEnumerable<T> Apply<T>(this PagingParameters paging, IEnumerable<T> items) => new PagingCounter(paging).Apply(items);
}
