using System.Management.Automation;

namespace MailAdmin.PowerShell.Pipeline;

/// <summary>-Skip and -First as the client takes them: PowerShell counts up to a number that it has no objects for.</summary>
internal static class PagingParametersExtensions
{
    /// <summary>How many to leave out.</summary>
    public static long SkipCount(this PagingParameters paging) => (long)Math.Min(paging.Skip, long.MaxValue);

    /// <summary>How many are wanted; null = all.</summary>
    public static long? FirstOrNull(this PagingParameters paging) => paging.First > long.MaxValue ? null : (long)paging.First;
}
