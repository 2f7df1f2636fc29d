namespace MailAdmin.Client.Http;

/// <summary>The error of a call on a connection that was closed. It names MailClient, which callers hold and this folder must not depend on.</summary>
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
