namespace MailAdmin.Sandbox.Smtp;

/// <summary>A message as it is after SMTP: lines end in CR LF.</summary>
internal static class SmtpContent
{
    /// <param name="message">The message.</param>
    /// <param name="keepsLastLineEnd">Whether the last line keeps its end, or that belongs to the final dot.</param>
    public static byte[] Normalize(ReadOnlySpan<byte> message, bool keepsLastLineEnd)
    {
        var lines = new List<byte>(message.Length + 64);
        for (int i = 0; i < message.Length; i++)
        {
            if (message[i] is (byte)'\r' or (byte)'\n')
            {
                lines.AddRange("\r\n"u8);
                if (message[i] == '\r' && i + 1 < message.Length && message[i + 1] == '\n')
                {
                    i++;
                }
            }
            else
            {
                lines.Add(message[i]);
            }
        }

        if (!keepsLastLineEnd && lines is [.., (byte)'\r', (byte)'\n'])
        {
            lines.RemoveRange(lines.Count - 2, 2);
        }

        return [.. lines];
    }
}
