using System.Globalization;
using System.Text;

namespace MailAdmin.Client.Authentication;

/// <summary>What the browser shows at the end of a sign-in. Nothing of the request is in it, and it loads nothing.</summary>
internal static class RedirectPage
{
    public static byte[] SignedIn { get; } = Create("200 OK", "Back to PowerShell", "The sign-in in the browser is done. You can close this window. PowerShell shows how it ended.");

    public static byte[] Refused { get; } = Create("200 OK", "Not signed in", "The sign-in was refused. You can close this window. PowerShell shows the reason.");

    public static byte[] Stray { get; } = Create("400 Bad Request", "Not the answer that is awaited", "This is not the answer to the sign-in that PowerShell waits for. Nothing was done with it. Start from the page that Connect-MailServer has opened.");

    public static byte[] AlreadyAnswered { get; } = Create("410 Gone", "Already done", "This sign-in has ended. You can close this window.");

    public static byte[] NotFound { get; } = Create("404 Not Found", "Nothing here", "There is nothing at this address.");

    public static byte[] MethodNotAllowed { get; } = Create("405 Method Not Allowed", "Nothing here", "There is nothing to send to this address.", "Allow: GET\r\n");

    public static byte[] BadRequest { get; } = Create("400 Bad Request", "Not understood", "This is not a request of a browser.");

    // The address holds the code: no page and no cache may keep it.
    private static byte[] Create(string status, string title, string text, string header = "")
    {
        string page = $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title><h1>{title}</h1><p>{text}</p></html>\n";
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"HTTP/1.1 {status}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {Encoding.UTF8.GetByteCount(page)}\r\nConnection: close\r\nCache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nContent-Security-Policy: default-src 'none'\r\nX-Content-Type-Options: nosniff\r\n{header}\r\n{page}"));
    }
}
