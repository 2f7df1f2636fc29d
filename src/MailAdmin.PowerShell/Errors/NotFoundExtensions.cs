using MailAdmin.Client;

namespace MailAdmin.PowerShell.Errors;

/// <summary>Handles the server's "not found", which does not say what was not found.</summary>
internal static class NotFoundExtensions
{
    /// <summary>The result, or null if there is none: an item that was listed may have been deleted before it is fetched.</summary>
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

    /// <summary>The task, or its failure with a message that names what is missing.</summary>
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
