using System.Text;
using MailAdmin.Client;

namespace MailAdmin.Tests.Bodies;

/// <summary>A call as it went over the wire.</summary>
internal sealed record RecordedCall(string Method, string Target, string? MediaType, byte[] Body, int Status)
{
    public Operation? Operation => Operations.Find(Method, Target.Split('?')[0]);

    public string Query => Target.Split('?') is [_, var query] ? query : "";

    public string Text => Encoding.UTF8.GetString(Body);

    public override string ToString() => $"{Method} {Target} {Text}";
}
