using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Routing;

/// <summary>A request to a server from 0.16.</summary>
/// <param name="Request">The request.</param>
/// <param name="Path">Its path, split into segments, still percent-encoded.</param>
/// <param name="Query">Its query.</param>
internal sealed record JmapCall(SandboxRequest Request, string[] Path, QueryValues Query)
{
    public static JmapCall From(SandboxRequest request)
    {
        string[] parts = request.Target.Split('?', 2);
        return new JmapCall(request, Split(parts[0]), new QueryValues(parts.Length > 1 ? parts[1] : ""));
    }

    /// <summary>The segments of a path; a slash at its end is none.</summary>
    public static string[] Split(string path) => path.TrimEnd('/').Split('/')[1..];

    /// <summary>A segment, decoded.</summary>
    public string Decode(int index) => FormDecoding.DecodePercent(Path[index]);
}
