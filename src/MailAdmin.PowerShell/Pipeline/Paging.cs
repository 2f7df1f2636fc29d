using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>-Skip and -First as the client takes them: PowerShell counts up to a number that it has no objects for.</summary>
internal static class Paging
{
    /// <summary>How many to leave out.</summary>
    public static long LeftOut(this PagingParameters paging) => (long)Math.Min(paging.Skip, long.MaxValue);

    /// <summary>How many are wanted; null = all.</summary>
    public static long? Wanted(this PagingParameters paging) => paging.First > long.MaxValue ? null : (long)paging.First;
}
