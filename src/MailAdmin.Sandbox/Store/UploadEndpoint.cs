using System.Text.Json.Nodes;
using MailAdmin.Sandbox.Http;
using MailAdmin.Sandbox.Mail;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Sandbox.Routing;

namespace MailAdmin.Sandbox.Store;

/// <summary><c>POST /jmap/upload/{account}</c>: the body is the blob. Anybody who has signed in may hand one in for any account; reading it is another matter.</summary>
internal sealed class UploadEndpoint(BlobUploads uploads)
{
    private const string AnyType = "application/octet-stream";

    public SandboxResponse Upload(JmapCall call)
    {
        if (!RegistryId.TryParse(call.Path[2], out ulong account) || account > uint.MaxValue)
        {
            throw ApiException.NoSuchResource();
        }

        if ((ulong)call.Request.Body.Length > uploads.MaxSize)
        {
            return Responses.Problem(400, null, "The upload is too large.", "maxSizeUpload");
        }

        return Responses.Json(new JsonObject
        {
            ["accountId"] = RegistryId.Format(account),
            ["blobId"] = uploads.Keep(call.Request.Body.ToArray(), (uint)account).ToString(),
            ["type"] = call.Request.ContentType ?? AnyType,
            ["size"] = call.Request.Body.Length,
        });
    }
}
