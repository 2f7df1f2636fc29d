using System.Globalization;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Lists;

/// <summary>
/// Compares what a list holds with the total that came with it: whoever keeps it must learn that something is missing. The totals of traces and of the log say
/// nothing of that, since they count what the server leaves out (docs/api.md §6.12, §6.13).
/// </summary>
internal static class ListTotal
{
    // So many entries may go between the moment when they are counted and the one when they are read: these, or one in a hundred.
    private const long MaxGone = 10;

    /// <summary>The error where a count was asked for, and there is none in the answer.</summary>
    public static MailServerException CreateMissing(Operation operation) =>
        new(MailErrorCode.UnexpectedResponse, operation, $"The server does not say how many there are ({operation}).");

    /// <summary>Warns if a few entries are missing.</summary>
    /// <param name="channel">What the list was read by.</param>
    /// <param name="operation">The call that lists.</param>
    /// <param name="received">How many entries came.</param>
    /// <param name="total">How many there should be; null where the server does not say.</param>
    /// <param name="limit">How many were asked for; null or 0 = all.</param>
    /// <exception cref="MailServerException"><c>UnexpectedResponse</c> when more are missing than changes in the meantime explain.</exception>
    public static void Check(ApiChannel channel, Operation operation, long received, long? total, long? limit = null)
    {
        long expected = limit is > 0 and { } most && most < total ? most : total ?? received;
        if (received >= expected)
        {
            return;
        }
        string counts = string.Create(CultureInfo.InvariantCulture, $"The server counts {expected} entries ({operation}) and sent {received} of them");
        if (expected - received > Math.Max(MaxGone, expected / 100))
        {
            throw new MailServerException(MailErrorCode.UnexpectedResponse, operation,
                $"{counts}: the list is not complete. List again; if it stays so, the server or something in front of it leaves entries out, and the server's log may say why: Get-MailServerLog -Level Warn");
        }
        channel.Warnings.Warn($"{counts}: the others may have been deleted in the meantime. List again to be sure; if it stays so, the server's log may say why: Get-MailServerLog -Level Warn");
    }
}
