namespace MailAdmin.Client.Http;

/// <summary>The server reads 1 MiB of a body and takes a larger one for an empty one, without a word.</summary>
internal static class BodySize
{
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Refuses a body that the server would drop.</summary>
    public static byte[] Check(byte[] body, Operation operation) => body.Length <= MaxBytes
        ? body
        : throw new MailServerException(MailErrorCode.RefusedByClient, operation, "The call is larger than 1 MiB, which the server would drop. Send it in smaller parts.");

    /// <summary>Refuses a call that is too large because of the message in it.</summary>
    public static byte[] CheckMessage(byte[] body, Operation operation) => body.Length <= MaxBytes
        ? body
        : throw new MailServerException(
            MailErrorCode.RefusedByClient,
            operation,
            $"The message is too large: the call has {ByteSize.Format(body.Length)}, and the server drops what is larger than 1 MiB.");
}
