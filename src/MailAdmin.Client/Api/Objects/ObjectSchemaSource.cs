using System.Net;
using MailAdmin.Client.Calls;
using MailAdmin.Client.Http;

namespace MailAdmin.Client.Api.Objects;

/// <summary>
/// The schema of one connection: read when it is needed first, and kept. It is as old as the connection, unless the server has another one by then: an upgrade ends no session.
/// </summary>
internal sealed class ObjectSchemaSource : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1, 1);
    private ObjectSchema? _schema;

    /// <summary>The schema (GET /schema, GET /schema/{hash}).</summary>
    public async Task<ObjectSchema> GetAsync(ApiChannel channel, CancellationToken cancellationToken)
    {
        if (_schema is { } known)
        {
            return known;
        }
        await _gate.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return _schema ??= await ReadAsync(channel, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    public void Dispose() => _gate.Dispose();

    private static async Task<ObjectSchema> ReadAsync(ApiChannel channel, CancellationToken cancellationToken)
    {
        string hash = await FindHashAsync(channel, cancellationToken).ConfigureAwait(false);
        var context = new ApiRequestContext(Operations.GetSchema);
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.GetSchema, hash), null, cancellationToken).ConfigureAwait(false);
        return await ResponseReader.ReadUnwrappedAsync(response, context, ObjectSchema.Read, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<string> FindHashAsync(ApiChannel channel, CancellationToken cancellationToken)
    {
        var context = new ApiRequestContext(Operations.FindSchema) { ReturnsRedirect = true };
        using HttpResponseMessage response = await channel.SendAsync(context, channel.Uri.For(Operations.FindSchema), null, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode == HttpStatusCode.Redirect && response.Headers.Location?.OriginalString.Split('/')[^1] is { Length: > 0 } hash)
        {
            return hash;
        }
        await ResponseReader.EnsureSuccessAsync(response, context, cancellationToken).ConfigureAwait(false);
        throw new MailServerException(MailErrorCode.UnexpectedResponse, context.Operation, "The server does not say where the schema of its objects is.") { Status = response.StatusCode };
    }
}
