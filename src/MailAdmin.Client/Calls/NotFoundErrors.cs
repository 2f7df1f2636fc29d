namespace MailAdmin.Client.Calls;

/// <summary>Names what a 404 leaves unnamed.</summary>
internal static class NotFoundErrors
{
    /// <summary>Waits for <paramref name="call"/>; a NotFound becomes one that says <paramref name="message"/>.</summary>
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
