using System.Text.Json;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Versions;

namespace MailAdmin.Sandbox.Api;

/// <summary>A call of the management API: who calls, what is asked. The path is what stands behind <c>/api/</c>, element by element, still encoded.</summary>
internal sealed record ApiCall(SandboxRequest Request, string[] Path, QueryValues Query, ReadOnlyMemory<byte> Body, Caller Caller, ServerDialect Dialect)
{
    /// <summary>An element of the path as sent; empty beyond the end.</summary>
    public string GetSegment(int index) => index < Path.Length ? Path[index] : "";

    /// <summary>An element of the path, decoded as this version does; empty beyond the end.</summary>
    public string GetDecodedSegment(int index) => Dialect.OnlyPercentDecodesPaths ? FormDecoding.DecodePercent(GetSegment(index)) : FormDecoding.DecodePathSegment(GetSegment(index));

    public JsonDocument ParseBody() => RequestJson.Parse(Body);
}
