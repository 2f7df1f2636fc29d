namespace MailAdmin.Client.Http;

/// <summary>The server reads 1 MiB of a request body and treats a larger one as empty, without an error.</summary>
internal static class BodySize
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Rejects a body that the server would ignore.</summary>
    public static byte[] Check(byte[] body, Operation operation) => body.Length <= MaxBytes
        ? body
        : throw new MailServerException(MailErrorCode.RejectedByClient, operation, "Nothing was sent: the request is larger than 1 MiB, and the server ignores a larger one. Send it in smaller parts.");

    /// <summary>Rejects a call that is too large because of the message in it.</summary>
    public static byte[] CheckMessage(byte[] body, Operation operation) => body.Length <= MaxBytes
        ? body
        : throw new MailServerException(
            MailErrorCode.RejectedByClient,
            operation,
            $"The message is too large, nothing was sent: the request has {ByteSize.Format(body.Length)}, and the server ignores a request larger than 1 MiB.");
}
