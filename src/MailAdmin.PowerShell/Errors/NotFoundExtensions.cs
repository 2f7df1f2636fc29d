// What to make of the server's "not found", which does not say what it did not find.
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Errors;

/// <summary>Takes "not found" for what it means to a cmdlet.</summary>
internal static class NotFoundExtensions
{
    /// <summary>The result, or null where there is none: what was listed may be gone by the time it is fetched.</summary>
    public static async Task<T?> OrNullIfNotFoundAsync<T>(this Task<T> task)
        where T : class
    {
        try
        {
            return await task.ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>The result, or the failure with a message that names what is missing.</summary>
    public static async Task<T> WithNotFoundMessageAsync<T>(this Task<T> task, string message, string item)
    {
        await ((Task)task).WithNotFoundMessageAsync(message, item).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <summary>The end, or the failure with a message that names what is missing.</summary>
    public static async Task WithNotFoundMessageAsync(this Task task, string message, string item)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw new MailServerException(e.Code, e.Operation, message, e) { Status = e.Status, Item = item };
        }
    }
}
