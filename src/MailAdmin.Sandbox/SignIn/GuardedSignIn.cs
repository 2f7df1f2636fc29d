using System.Net;
using MailAdmin.Sandbox.Limits;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Signing in as strangers may try it: failures are counted, and too many of them ban the address.</summary>
/// <param name="signIn">Verifies what they say.</param>
/// <param name="failures">Counts failures.</param>
/// <param name="exempt">The addresses that are never banned.</param>
internal sealed class GuardedSignIn(AccountSignIn signIn, FailedLogins failures, ExemptAddresses exempt)
{
    /// <exception cref="SignInException">It is refused.</exception>
    public SignedInCaller ByPassword(string login, string secret, string? code, IPAddress address) =>
        Guard(() => signIn.ByPassword(login, secret, code, address), LoginName.Parse(login).ToString(), address);

    /// <exception cref="SignInException">It is refused.</exception>
    public SignedInCaller ByBearer(string token, IPAddress address) => Guard(() => signIn.ByBearer(token, address), "", address);

    /// <summary>Counts a wrong password that was given after signing in.</summary>
    public void RecordFailure(string login, IPAddress address)
    {
        if (!exempt.Contains(address))
        {
            failures.RecordFailure(address, login);
        }
    }

    private SignedInCaller Guard(Func<SignedInCaller> attempt, string login, IPAddress address)
    {
        try
        {
            SignedInCaller caller = attempt();
            return caller.Has("authenticate") ? caller : throw new SignInException(SignInFailure.Forbidden);
        }
        catch (SignInException refusal) when (refusal.Counts && !exempt.Contains(address))
        {
            if (failures.RecordFailure(address, login))
            {
                throw new SignInException(SignInFailure.Banned);
            }

            throw;
        }
    }
}
