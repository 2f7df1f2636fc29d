using System.Text;

namespace MailAdmin.Sandbox.Registry;

/// <summary>The paths of patches: <c>recipients/a~1b@example.org</c>.</summary>
internal static class JsonPath
{
    /// <summary>The elements: <c>~1</c> is a slash, <c>~0</c> a tilde, a backslash takes the next character as it is.</summary>
    public static string[] Split(string path)
    {
        var elements = new List<string>();
        var element = new StringBuilder();
        for (int i = 0; i < path.Length; i++)
        {
            switch (path[i])
            {
                case '/':
                    elements.Add(element.ToString());
                    element.Clear();
                    break;
                case '\\' when i + 1 < path.Length:
                    element.Append(path[++i]);
                    break;
                case '~' when i + 1 < path.Length && path[i + 1] is '0' or '1':
                    element.Append(path[++i] == '0' ? '~' : '/');
                    break;
                default:
                    element.Append(path[i]);
                    break;
            }
        }

        elements.Add(element.ToString());
        return [.. elements];
    }
}
