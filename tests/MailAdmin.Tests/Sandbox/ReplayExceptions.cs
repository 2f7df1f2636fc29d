namespace MailAdmin.Tests.Sandbox;

/// <summary>
/// The recorded lines that the sandbox does not answer as the real server did, each with its reason. Every line named here has to
/// differ, every line not named has to agree, and the counts have to be right: so the list can only shrink.
/// </summary>
internal static class ReplayExceptions
{
    public static IReadOnlyList<ReplayException> All { get; } =
    [
        new("access", "215", 1, "The recording holds the answers to 48 calls at once, not the calls; the limit has a test of its own."),
        new("spam", "416-422 427-429", 10, "There is no spam filter yet."),
        new("logs", "461-466", 6, "The sandbox writes no log yet."),
        new("store", "484-485", 2, "Sizes of stored mail, which differ between real servers too."),
        new("extra", "545", 1, "The same sizes of stored mail, in a list of principals."),
        new("extra", "594b 595", 2, "A race on purpose: the recording holds the answers, not the calls, and then what they happened to leave."),
    ];
}
