namespace MailAdmin.Sandbox.Smtp;

/// <summary>A message as it is after SMTP: lines end in CR LF, except the last, whose line end belongs to the final dot.</summary>
internal static class SmtpContent
{
    public static byte[] Normalize(ReadOnlySpan<byte> message)
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

        if (lines is [.., (byte)'\r', (byte)'\n'])
        {
            lines.RemoveRange(lines.Count - 2, 2);
        }

        return [.. lines];
    }
}
