namespace MailAdmin.Sandbox.Authentication;

/// <summary>What a token allows: calls, renewal, or opening one kind of stream.</summary>
internal enum TokenKind
{
    Access = 0,
    Refresh = 1,
    LiveTracing = 2,
    LiveMetrics = 3,
    Troubleshooting = 4,
}
