namespace MailAdmin.PowerShell.Module;

/// <summary>Where <c>Get-Help -Online</c> finds the page of a cmdlet.</summary>
internal static class HelpPages
{
    /// <summary>The folder of the pages, each named after its cmdlet: <c>Get-MailPrincipal.md</c>.</summary>
    public const string Folder = "https://github.com/MailAdmin/MailAdmin/blob/main/docs/en-US/";
}
