namespace MailAdmin.Client.Calls;

/// <summary>How large an answer may be: a server or proxy gone wrong may send one without an end, or one that a few bytes unpack to.</summary>
internal static class ResponseSize
{
    /// <summary>An answer that is held as a whole, and one item of a list. The largest known, a group of 100,000 members, is a tenth of it.</summary>
    public const long MaxBuffered = 64L * 1024 * 1024;

    /// <summary>A blob that is held as a whole: more than the largest message that the server takes by default.</summary>
    public const long MaxBlob = 256L * 1024 * 1024;

    /// <summary>What is passed on as it arrives: one page of a list, a blob that is saved.</summary>
    public const long MaxStreamed = 4L * 1024 * 1024 * 1024;

    /// <summary>The error of an answer beyond its limit.</summary>
    public static MailServerException CreateTooLarge(ApiRequestContext context, long maxBytes, Exception? cause = null) =>
        new(
            MailErrorCode.UnexpectedResponse,
            context.Operation,
            $"The response is larger than {ByteSize.Format(maxBytes)} and was not read to its end: the mail server has no such response, so another server or a proxy may have sent it.",
            cause)
        {
            MayHaveBeenExecuted = context.Operation.Method != HttpMethod.Get,
        };
}
