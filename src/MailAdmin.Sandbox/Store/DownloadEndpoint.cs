using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Routing;
using MailAdmin.Sandbox.SignIn;

namespace MailAdmin.Sandbox.Store;

/// <summary><c>GET /jmap/download/{account}/{blob}/{name}</c>. The account in the path does not matter; that of the blob does.</summary>
internal sealed class DownloadEndpoint(BlobReader blobs)
{
    private const string AnyType = "application/octet-stream";

    public SandboxResponse Download(JmapCall call, SignedInCaller caller)
    {
        byte[] content = blobs.Read(BlobId.TryParse(call.Path[3]), caller) ?? throw ApiException.NoSuchResource();
        return new SandboxResponse(200, call.Query["accept"] ?? AnyType, content);
    }
}
