using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Api;

/// <summary>Answers the calls under one first path segment.</summary>
internal interface IEndpoint
{
    /// <summary>Answers, or throws a <see cref="ApiException"/>.</summary>
    SandboxResponse Handle(ApiCall call);
}
