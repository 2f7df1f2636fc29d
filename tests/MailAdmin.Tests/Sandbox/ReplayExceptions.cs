namespace MailAdmin.Tests.Sandbox;

/// <summary>
/// The recorded lines that the sandbox does not answer as the real server did, each with its reason. Every line named here has to
/// differ, every line not named has to agree, and the counts have to be right: so the list can only shrink.
/// </summary>
internal static class ReplayExceptions
{
    private static readonly ReplayException[] Everywhere =
    [
        new("access", "215", 1, "The recording holds the answers to 48 calls at once, not the calls; the limit has a test of its own."),
        new("store", "484-485", 2, "Sizes of stored mail, which differ between real servers too."),
        new("extra", "545", 1, "The same sizes of stored mail, in a list of principals."),
        new("extra", "594b 595", 2, "A race on purpose: the recording holds the answers, not the calls, and then what they happened to leave."),
    ];

    private static readonly ReplayException[] Only0134 = [];

    private static readonly ReplayException[] Only0155 = [];

    public static IReadOnlyList<ReplayException> For(string version) => version switch
    {
        "0.13.4" => [.. Everywhere, .. Only0134],
        "0.15.5" => [.. Everywhere, .. Only0155],
        _ => Everywhere,
    };
}
