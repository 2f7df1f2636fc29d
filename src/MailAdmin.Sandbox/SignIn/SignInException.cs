using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.SignIn;

/// <summary>Somebody cannot sign in.</summary>
internal sealed class SignInException(SignInFailure failure) : Exception
{
    public SignInFailure Failure => failure;

    /// <summary>Whether it counts towards a ban.</summary>
    public bool Counts => failure is SignInFailure.Wrong or SignInFailure.AddressNotAllowed;

    /// <summary>The refusal of a request that was to be signed in.</summary>
    public ApiException ToRefusal() => failure switch
    {
        SignInFailure.Expired => ApiException.CredentialExpired(),
        SignInFailure.CodeMissing => ApiException.CodeRequired(),
        SignInFailure.Forbidden or SignInFailure.AddressNotAllowed => ApiException.Forbidden(),
        SignInFailure.Banned => ApiException.TooManyLogins(),
        _ => ApiException.Unauthorized(),
    };
}
