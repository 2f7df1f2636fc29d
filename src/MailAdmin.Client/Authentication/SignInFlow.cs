using MailAdmin.Client.Http;

namespace MailAdmin.Client.Authentication;

/// <summary>
/// Turns a credential into a session and what the server reports about the account. A credential is tried once, and only where it is known what the server is
/// administered with: that is asked first, without a credential, so that no secret goes to an address of servers that this one is not of.
/// </summary>
internal sealed class SignInFlow(ApiChannel channel, SessionHolder holder, string clientId, TimeProvider time)
{
    private readonly ServerProbe _probe = new(channel);
    private readonly RestSignIn _rest = new(channel, holder, clientId, time);
    private readonly JmapSignIn _jmap = new(channel, holder, clientId, time);

    public async Task<SignInResult> SignInAsync(MailCredential credential, CancellationToken cancellationToken)
    {
        CredentialCheck.ThrowIfInvalid(credential);
        if (await _probe.FindFamilyAsync(cancellationToken).ConfigureAwait(false) == ServerFamily.Jmap)
        {
            return await _jmap.SignInAsync(credential, cancellationToken).ConfigureAwait(false);
        }
        try
        {
            return await _rest.SignInAsync(credential, cancellationToken).ConfigureAwait(false);
        }
        catch (MailServerException e) when (ServerProbe.MayBeAnotherServer(e))
        {
            // Below a path that ends with /api a server before 0.16 wants a sign-in too, and has nothing there.
            throw await _probe.ExplainAsync(e, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Signs in to the server of an earlier sign-in, whose kind is known.</summary>
    public Task<SignInResult> SignInAgainAsync(MailCredential credential, SignInResult earlier, CancellationToken cancellationToken)
    {
        CredentialCheck.ThrowIfInvalid(credential);
        return earlier.Jmap is null ? _rest.SignInAsync(credential, cancellationToken) : _jmap.SignInAsync(credential, cancellationToken);
    }

    /// <summary>What a server from 0.16 on reports about itself and the account now.</summary>
    public Task<ServerInfo> DescribeNewerServerAsync(CancellationToken cancellationToken) => _jmap.DescribeServerAsync(cancellationToken);
}
