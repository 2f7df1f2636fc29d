using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Api;

/// <summary>Answers the calls below one first path element.</summary>
internal interface IEndpoint
{
    /// <summary>Answers, or throws a <see cref="Refusal"/>.</summary>
    SandboxResponse Answer(ApiCall call);
}
