namespace MailAdmin.Client.Http;

/// <summary>The error of a call on a connection that was closed. It names the door that people hold, which this room does not know.</summary>
internal static class ClosedConnection
{
    private const string ObjectName = "MailAdmin.Client.MailClient";

    public static ObjectDisposedException Error() => new(ObjectName);

    public static void ThrowIf(bool closed)
    {
        if (closed)
        {
            throw Error();
        }
    }
}
