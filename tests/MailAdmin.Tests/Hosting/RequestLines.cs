using MailAdmin.Client;

namespace MailAdmin.Tests.Hosting;

/// <summary>Finds the operation that a line of a request log calls.</summary>
internal static class RequestLines
{
    public static Operation? FindOperation(string line)
    {
        string[] words = line.Split(' ');
        return Operations.Find(words[0], words[1].Split('?')[0]);
    }
}
