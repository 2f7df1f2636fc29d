namespace MailAdmin.Sandbox.Authentication;

/// <summary>The two kinds of token.</summary>
internal enum TokenKind
{
    Access = 0,
    Refresh = 1,
}
