using System.Text.Json.Nodes;

namespace MailAdmin.Sandbox.Jmap;

/// <summary>How much one request may hold.</summary>
internal sealed record JmapLimits(int MaxRequestBytes, int MaxCalls, int MaxGet, int MaxSet, int MaxQuery)
{
    /// <summary>The limits that a <c>x:Jmap</c> sets.</summary>
    public static JmapLimits From(JsonObject jmap)
    {
        return new JmapLimits(Read("maxRequestSize"), Read("maxMethodCalls"), Read("getMaxResults"), Read("setMaxObjects"), Read("queryMaxResults"));

        int Read(string property) => (int)Math.Min(jmap[property]!.GetValue<ulong>(), int.MaxValue);
    }
}
