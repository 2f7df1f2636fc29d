using System.Buffers;

namespace MailAdmin.Client.Jmap;

/// <summary>
/// Ids of objects: numbers in base 32. The server drops what is none without a word, and takes an empty one for the number 0, which may be somebody's: both are
/// refused before they are sent.
/// </summary>
internal static class JmapId
{
    private static readonly SearchValues<char> s_letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz792013");

    public static bool IsValid(string id) => id.Length > 0 && !id.AsSpan().ContainsAnyExcept(s_letters);

    /// <exception cref="MailServerException"><c>RejectedByClient</c>.</exception>
    public static void ThrowIfInvalid(string id, string method)
    {
        if (!IsValid(id))
        {
            throw new MailServerException(MailErrorCode.RejectedByClient, Operations.CallJmap, $"Nothing was sent: '{id}' is not an id of the server. Its ids have the letters a to z and the digits 0, 1, 2, 3, 7 and 9.")
            {
                Field = "id",
                Value = id,
                Method = method,
            };
        }
    }
}
