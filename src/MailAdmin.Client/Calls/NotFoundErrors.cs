namespace MailAdmin.Client.Calls;

/// <summary>Says what was not found, which a 404 of the server does not.</summary>
internal static class NotFoundErrors
{
    /// <summary>Waits for <paramref name="call"/>; a NotFound becomes one with <paramref name="message"/>.</summary>
    public static async Task<T> WithNotFoundMessageAsync<T>(Task<T> call, string item, string message)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (MailServerException e) when (e.Code == MailErrorCode.NotFound)
        {
            throw new MailServerException(MailErrorCode.NotFound, e.Operation, message, e) { Status = e.Status, Title = e.Title, Item = item };
        }
    }
}
