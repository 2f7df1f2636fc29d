using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Spam;

/// <summary>What each parameter of Invoke-MailSpamTraining does on a server from 0.16 on: samples become objects of it.</summary>
internal sealed class SpamTrainingParameters : JmapParameterTable
{
    private const string Train = "Invoke-MailSpamTraining";
    private const string Samples = "@(Get-MailObject SpamTrainingSample)";

    public SpamTrainingParameters()
    {
        const string Message = "From: bill@spam.test\r\nSubject: Money\r\n\r\nBuy now.\r\n";
        Write("a.eml", Message);
        Write("b[1].eml", Message);
        Write("box", "From bill@spam.test Mon Nov 23 10:00:00 2026\n" + Message.ReplaceLineEndings("\n") + "\nFrom bill@spam.test Mon Nov 23 10:00:00 2026\n" + Message.ReplaceLineEndings("\n"));
        Directory.CreateDirectory(Path.Combine(Folder.FullName, "below"));
        Write("below/c.eml", Message);
        Shell.SetVariable("message", Message);
    }

    public static IReadOnlyList<JmapParameterUse> Uses { get; } =
    [
        Works(Train, "Path", "$folder/a.eml -Class Spam", $"{Samples}.Count -eq 1"),
        Works(Train, "LiteralPath", "-LiteralPath \"$folder/b[1].eml\" -Class Spam", $"{Samples}.Count -eq 1"),
        Works(Train, "Message", "-Message $message -Class Spam", $"{Samples}.Count -eq 1"),
        Works(Train, "Class", "-Message $message -Class Spam", $"{Samples}[0].isSpam -eq $true"),
        Works(Train, "Class", "-Message $message -Class Ham", $"{Samples}[0].isSpam -eq $false"),
        Works(Train, "Account", "-Message $message -Class Spam -Account jane", $"{Samples}[0].accountId -eq (Get-MailObject Account -Filter @{{ name = 'jane' }}).Id"),
        Works(Train, "Format", "$folder/box -Class Spam -Format Mbox", $"{Samples}.Count -eq 2"),
        Works(Train, "Recurse", "$folder/below -Class Spam -Recurse", $"{Samples}.Count -eq 1"),
        Works(Train, "StartTraining", "-StartTraining", "$output.Kind -eq 'SpamFilterMaintenance'"),
    ];
}
