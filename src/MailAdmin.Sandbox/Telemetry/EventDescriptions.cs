namespace MailAdmin.Sandbox.Telemetry;

/// <summary>The descriptions of events, short and as a sentence.</summary>
internal static class EventDescriptions
{
    private static readonly Dictionary<string, (string Text, string Details)> s_descriptions = new(StringComparer.Ordinal)
    {
        ["auth.failed"] = ("Sign-in failed", "The credentials of a caller were not accepted"),
        ["auth.success"] = ("Signed in", "A caller was recognised by its credentials"),
        ["delivery.attempt-end"] = ("Attempt ended", "An attempt to deliver a message is over"),
        ["delivery.attempt-start"] = ("Attempt started", "An attempt to deliver a message begins"),
        ["delivery.completed"] = ("Message done", "Nothing is left to do for a message"),
        ["delivery.connect"] = ("Connected", "A mail host of another domain took the connection"),
        ["delivery.connect-error"] = ("Connection failed", "A mail host of another domain could not be reached"),
        ["delivery.delivered"] = ("Delivered", "A recipient's host took the message"),
        ["delivery.domain-delivery-start"] = ("Domain tried", "The recipients of one domain are tried"),
        ["delivery.dsn-perm-fail"] = ("Failure to report", "A recipient failed for good and the sender has to be told"),
        ["delivery.dsn-success"] = ("Success noted", "A recipient is done and the sender may be told"),
        ["delivery.ehlo"] = ("EHLO sent", "A mail host told what it can do"),
        ["delivery.mail-from"] = ("MAIL FROM sent", "A mail host took the sender"),
        ["delivery.mx-lookup"] = ("MX found", "The mail hosts of a domain were looked up"),
        ["delivery.mx-lookup-failed"] = ("MX look-up failed", "The mail hosts of a domain could not be found"),
        ["delivery.rcpt-to-failed"] = ("Local delivery failed", "There is no such mailbox here"),
        ["delivery.rcpt-to-rejected"] = ("Recipient refused", "A mail host did not take a recipient"),
        ["delivery.start-tls"] = ("Encrypted", "The connection to a mail host is encrypted"),
        ["delivery.start-tls-error"] = ("Encryption failed", "The certificate of a mail host does not verify"),
        ["delivery.start-tls-unavailable"] = ("No encryption", "A mail host does not offer STARTTLS"),
        ["http.connection-end"] = ("HTTP request done", "A request of a client was answered"),
        ["http.connection-start"] = ("HTTP request", "A client sent a request"),
        ["http.request-url"] = ("HTTP address", "What a client asked for"),
        ["incoming-report.abuse-report"] = ("Abuse report", "A report about unwanted mail came in"),
        ["incoming-report.dmarc-report"] = ("DMARC report", "A report about DMARC came in"),
        ["incoming-report.tls-report"] = ("TLS report", "A report about TLS came in"),
        ["message-ingest.ham"] = ("Stored", "A message was put into a mailbox"),
        ["queue.queue-dsn"] = ("Notice queued", "A notice to a sender waits for delivery"),
        ["queue.queue-message"] = ("Message queued", "A message from outside waits for delivery"),
        ["queue.queue-message-authenticated"] = ("Submission queued", "A message of a user waits for delivery"),
        ["queue.rescheduled"] = ("Put off", "A message is tried again later"),
        ["smtp.connection-end"] = ("SMTP connection ended", "A client said goodbye"),
        ["smtp.connection-start"] = ("SMTP connection", "A client connected to send mail"),
        ["smtp.ehlo"] = ("EHLO", "A client gave its name"),
        ["smtp.error"] = ("SMTP error", "Talking to a mail host failed"),
        ["smtp.mail-from"] = ("MAIL FROM", "A client named the sender"),
        ["smtp.mail-from-not-allowed"] = ("Sender refused", "The sender is no address of the account"),
        ["smtp.mailbox-does-not-exist"] = ("No such mailbox", "A recipient is unknown here"),
        ["smtp.rcpt-to"] = ("RCPT TO", "A client named a recipient"),
        ["smtp.relay-not-allowed"] = ("No relaying", "A stranger may not write to other domains through here"),
    };

    public static (string Text, string Details) Get(string type) => s_descriptions[type];
}
