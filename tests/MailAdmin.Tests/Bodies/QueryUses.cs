namespace MailAdmin.Tests.Bodies;

/// <summary>Every cmdlet that sends a query, with the parameters that become part of it.</summary>
internal static class QueryUses
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Get-MailPrincipal",
        "Get-MailPrincipal -Type individual, ApiKey, oauthclient, List -Text doe -Property Name, Email, Quota, MemberOf, List, Role, Member, Url, Tenant, Picture, Description -First 3 -Skip 1 -IncludeTotalCount",
        "Get-MailPrincipal -Type Domain -First 1",
        "Get-MailPrincipal -Domain example.org -First 2",
        "Get-MailPrincipal jane.doe@example.org",
        "Export-MailPrincipal $folder/people.csv -Type group -Text staff",
        "Get-MailQueueMessage -First 2 -Skip 1 -IncludeTotalCount",
        "Get-MailQueueMessage -From example.org -To partner.example -DueBefore ([datetime]::Now).AddDays(9).AddMilliseconds(7) -DueAfter ([datetime]::Now).AddHours(1)",
        "Get-MailQueueMessage -Text Partner.Example",
        "Invoke-MailQueueReschedule -To partner.example -At ([datetime]::Now).AddMinutes(5).AddMilliseconds(7) -Force",
        "Invoke-MailQueueReschedule -Text partner.example -Force",
        "Get-MailQueueMessage -To partner.example -First 1 | Invoke-MailQueueReschedule -At ([datetime]::Now).AddMinutes(5) -Domain partner.example -Force",
        "Remove-MailQueueMessage -From example.org -To oldfirm.example -Force",
        "Get-MailQueueMessage -To oldfirm.example -First 1 | Remove-MailQueueMessage -Recipient '@oldfirm.example' -Force",
        "Get-MailQueueReport -Kind dmarc -Domain partner.example -First 1 -IncludeTotalCount",
        "Get-MailQueueReport -Kind TLS -IdOnly",
        "Get-MailDmarcReport -Text Example -First 1 -Skip 1 -IncludeTotalCount",
        "Get-MailTlsReport -Text example -IdOnly -First 1",
        "Get-MailArfReport -Text example",
        "Get-MailSetting server.hostname, report.domain",
        "Get-MailSetting -Prefix server -First 2 -Skip 1 -IncludeTotalCount",
        "Get-MailSetting -Group server.listener -Suffix protocol -Filter smtp -First 2",
        "Get-MailDkimSignature",
        "Test-MailSetting",
        "Invoke-MailSettingReload -DryRun",
        "Update-MailSpamFilter -Overwrite -IgnoreVersion -Confirm:$false",
        "Get-MailQueueMessage -First 1 | Get-MailBlob -Offset 1 -Limit 10",
        "Get-MailDeletedItem jane.doe",
        "Get-MailServerLog -First 5 -Skip 1 -Text x -IncludeTotalCount",
        "Get-MailServerLog -First 5 -Level Info -EventId auth.success",
        "Get-MailMetric -After ([datetime]::Now).AddDays(-1).AddMilliseconds(7) -Before ([datetime]::Now)",
        "Get-MailTrace -Type delivery.attempt-start -Text 'two words' -After ([datetime]::Now).AddDays(-1).AddMilliseconds(7) -Before ([datetime]::Now) -First 2 -Skip 1 -IncludeTotalCount",
        "Get-MailQueueMessage -First 1 | Get-MailTrace",
        "Get-MailTrace -First 2 | Get-MailTraceEvent",
        "Test-MailDelivery info@customers.example -Quiet -StepTimeoutSeconds 5",
    ];
}
