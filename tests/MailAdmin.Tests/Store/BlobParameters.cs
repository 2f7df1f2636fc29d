using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Store;

/// <summary>What each parameter of Get-MailBlob does on a server from 0.16 on. $blob is the text of a message in the queue.</summary>
internal sealed class BlobParameters : JmapParameterTable
{
    private const string Get = "Get-MailBlob";
    private const string Message = "From: boss@example.org\r\nTo: ann@remote.test\r\nSubject: Hello\r\n\r\nHello\r\n";

    public BlobParameters()
    {
        Server.Deliver("boss", Boss, ["ann@remote.test"], System.Text.Encoding.ASCII.GetBytes(Message)).ShouldBeNull();
        Prepare("$blob = (Get-MailQueueMessage -First 1).BlobId");
        Write("there.eml", "there");
    }

    public static IReadOnlyList<JmapParameterUse> Uses { get; } =
    [
        Works(Get, "BlobId", "$blob", "[Text.Encoding]::ASCII.GetString($output).Contains('Subject: Hello')"),
        Works(Get, "AsText", "$blob -AsText", "$output -is [string] -and $output.Contains('Subject: Hello')"),
        Works(Get, "OutFile", "$blob -OutFile $folder/new.eml", "[IO.File]::ReadAllText(\"$folder/new.eml\").Contains('Subject: Hello')"),
        Works(Get, "Force", "$blob -OutFile $folder/there.eml -Force", "[IO.File]::ReadAllText(\"$folder/there.eml\").Contains('Subject: Hello')"),
        Works(Get, "Offset", "$blob -AsText -Offset 6", "(Get-MailBlob $blob -AsText).Substring(6) -eq $output"),
        Works(Get, "Limit", "$blob -AsText -Limit 5", "(Get-MailBlob $blob -AsText).Substring(0, 5) -eq $output"),
        Works(Get, "Limit", "$blob -AsText -Offset 6 -Limit 5", "(Get-MailBlob $blob -AsText).Substring(6, 5) -eq $output"),
    ];
}
