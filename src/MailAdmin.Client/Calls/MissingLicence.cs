namespace MailAdmin.Client.Calls;

/// <summary>Says of a server from 0.16 on that a method needs a licence: there it is a refusal as any other.</summary>
internal static class MissingLicence
{
    /// <summary>The error of a method, in words that name the licence where the server has none.</summary>
    /// <param name="error">The error.</param>
    /// <param name="server">The server; null where nothing is known of it.</param>
    /// <param name="feature">What is part of Enterprise, with its verb, such as <c>Traces are</c>.</param>
    public static MailServerException Explain(MailServerException error, ServerInfo? server, string feature) => error.Code != MailErrorCode.Forbidden || server is not { IsEnterprise: false }
        ? error
        : CreateError(error, $"{feature} part of Stalwart Enterprise; this {(server.IsOpenSource ? "build has none of it" : "server has no licence")}.");

    /// <summary>The same in other words.</summary>
    public static MailServerException CreateError(MailServerException error, string message) => new(MailErrorCode.Unsupported, error.Operation, message, error)
    {
        ServerCode = error.ServerCode,
        Method = error.Method,
        Details = error.Details,
    };
}
