namespace MailAdmin.Client.Calls;

/// <summary>Finds out what became of a write whose outcome is unknown, where the server shows it.</summary>
internal static class LostWrites
{
    /// <summary>Waits for a write. Where its outcome is unknown, it was done if the server shows what it was to bring about.</summary>
    /// <param name="write">The write.</param>
    /// <param name="isDone">Looks at the server.</param>
    /// <exception cref="MailServerException"><c>OutcomeUnknown</c> when the server does not show it, or nobody could look.</exception>
    public static async Task ResolveAsync(Task write, Func<Task<bool>> isDone)
    {
        try
        {
            await write.ConfigureAwait(false);
        }
        catch (MailServerException e) when (OutcomeRules.IsOutcomeUnknown(e))
        {
            if (!await TryLookAsync(isDone).ConfigureAwait(false))
            {
                throw;
            }
        }
    }

    private static async Task<bool> TryLookAsync(Func<Task<bool>> isDone)
    {
        try
        {
            return await isDone().ConfigureAwait(false);
        }
        catch (MailServerException)
        {
            return false;
        }
    }
}
