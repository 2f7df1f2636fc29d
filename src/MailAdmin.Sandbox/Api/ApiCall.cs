using System.Text.Json;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Api;

/// <summary>A call of the management API. The path is the part after <c>/api/</c>, split into segments, still percent-encoded.</summary>
internal sealed record ApiCall(Operation Operation, SandboxRequest Request, string[] Path, QueryValues Query, ReadOnlyMemory<byte> Body, Caller Caller, ServerDialect Dialect)
{
    /// <summary>A segment of the path as sent; empty beyond the end.</summary>
    public string GetSegment(int index) => index < Path.Length ? Path[index] : "";

    /// <summary>A segment of the path, decoded as this version does; empty beyond the end.</summary>
    public string GetDecodedSegment(int index) => Dialect.OnlyPercentDecodesPaths ? FormDecoding.DecodePercent(GetSegment(index)) : FormDecoding.DecodePathSegment(GetSegment(index));

    /// <summary>The body, which is of the operation's type.</summary>
    /// <exception cref="ApiException">It is not.</exception>
    public JsonDocument ParseBody() => Dialect.RequestTypes.Parse(Operation, Body);
}
