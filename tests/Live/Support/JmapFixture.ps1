# Dot-sourced by Live.Tests.ps1 for servers from 0.16 on: what the suite makes beside the module, and how that is removed again.

# A domain and three accounts, made beside the module, and the module's connection through the wire that notes its calls.
function Add-LiveFixture {
    $null = New-Item -ItemType Directory -Path $Live.Folder
    $Live.Schema = Get-RawSchema
    $Live.Before = Get-ForeignState
    $Live.DomainId = (New-RawObject Domain @{ name = $Domain; description = "of the suite $Prefix"; dkimManagement = @{ '@type' = 'Manual' } }).id
    foreach ($name in 'ann', 'bob', 'cat') {
        $account = @{ Name = "$name@$Domain"; Address = "$name@$Domain"; Password = New-LivePassword }
        $account.Id = (New-RawObject Account @{
                '@type' = 'User'; name = $name; domainId = $Live.DomainId; description = "$name $Prefix $($Live.Run)"; roles = @{ '@type' = 'User' }
                credentials = @{ '0' = @{ '@type' = 'Password'; secret = $account.Password } }
            }).id
        $account.Header = ConvertTo-BasicHeader $account.Name $account.Password
        $Live[$name] = $account
    }
    $null = Connect-MailServer $Live.Wire.Address -Credential $Live.Credential -Name $Prefix -PassThru
}

# What is not the suite's own, to see afterwards that it is as it was: people and what belongs to them, and each object of which there is one.
function Get-ForeignState {
    $write = { param($type, $value) "$type $($value | ConvertTo-SortedJson)" }
    $collections = foreach ($type in 'Account', 'MailingList', 'Domain', 'Role', 'Tenant', 'OAuthClient', 'DkimSignature', 'NetworkListener', 'MemoryLookupKey') {
        foreach ($object in Find-RawObject $type) {
            # What the server counts and writes by itself; the time of the zone is that of its signatures.
            foreach ($name in 'usedDiskQuota', 'dnsZoneFile') { $object.Remove($name) }
            $text = & $write $type $object
            if ($text -notlike "*$Prefix*") { $text }
        }
    }
    # The account of the administrator may be none, and those of its own are told apart by who asks.
    $own = 'x:Bootstrap', 'x:AccountPassword', 'x:AccountSettings'
    $singletons = foreach ($name in $Live.Schema.Json.objects.Keys | Where-Object { $Live.Schema.Json.objects[$_].type -eq 'singleton' -and $_ -like 'x:*' -and $_ -notin $own } | Sort-Object) {
        $answer = Invoke-RawMethod "$name/get" @{ ids = @('singleton') }
        if (-not $answer.Error) { & $write $name $answer.Result.list[0] }
    }
    @{ Objects = @($collections | Sort-Object); Settings = @($singletons) }
}

# Members in alphabetical order, whatever order the server has.
function ConvertTo-SortedJson([Parameter(ValueFromPipeline)] $Value) {
    process { ConvertTo-Sorted $Value | ConvertTo-Json -Depth 20 -Compress }
}

function ConvertTo-Sorted($Value) {
    if ($Value -is [Collections.IDictionary]) {
        $sorted = [ordered] @{}
        foreach ($key in $Value.Keys | Sort-Object) { $sorted[$key] = ConvertTo-Sorted $Value[$key] }
        $sorted
    } else { $Value }
}

# The ids of the queued messages of this suite. A filter alone does not decide what is deleted: each message is looked at.
function Get-OwnQueueId {
    foreach ($message in Find-RawObject QueuedMessage @{ text = $Domain } returnPath, recipients) {
        if (@($message.returnPath) + @($message.recipients.Keys) -like "*$Domain") { $message.id }
    }
}

# The ids of the received reports of this suite.
function Get-OwnReportId([string] $Type) {
    foreach ($report in Find-RawObject $Type @{ text = $Prefix }) {
        if (($report | ConvertTo-Json -Depth 20 -Compress).Contains($Prefix)) { $report.id }
    }
}

# The queue runs again. The server does not tell whether it does, so that it runs after the suite in any case.
function Restore-LiveQueue {
    if ($Live['QueueStopped']) {
        $refused = Invoke-RawAction ResumeMtaQueue
        if ($refused) { throw "The queue could not be started again: $($refused | ConvertTo-Json -Compress)" }
        $Live.QueueStopped = $false
    }
}

# What nobody else is called: signatures, reports, mail and people of this run, or of one that was broken off.
function Remove-LiveLeftover {
    Restore-LiveQueue
    # A message under delivery at that moment comes back.
    foreach ($try in 1..10) {
        $ids = @(Get-OwnQueueId)
        if (-not $ids) { break }
        Remove-RawObject QueuedMessage $ids
        if (Get-OwnQueueId) { [Threading.Thread]::Sleep(300) }
    }
    foreach ($type in 'DmarcExternalReport', 'TlsExternalReport', 'ArfExternalReport') { Remove-RawObject $type @(Get-OwnReportId $type) }
    if ($Live['QueueReport']) { Remove-RawObject DmarcInternalReport $Live.QueueReport }
    Remove-RawObject SpamTrainingSample @(Find-RawObject SpamTrainingSample | Where-Object { "$($_.from) $($_.subject)" -like "*$Prefix*" } | ForEach-Object id)
    Remove-RawObject MemoryLookupKey @(Find-RawObject MemoryLookupKey @{ namespace = $Prefix } | ForEach-Object id)
    $addresses = (Get-RawObject ReportSettings).inboundReportAddresses
    foreach ($address in (Get-Key $addresses) -like "*$Domain") { Set-RawObject ReportSettings @{ "inboundReportAddresses/$address" = $null } }

    $domains = @(Find-RawObject Domain @{} name | Where-Object { "$($_.name)" -like "*$Domain" })
    $accounts = @(Find-RawObject Account @{} '@type', domainId, emailAddress | Where-Object { $_.domainId -in $domains.id })
    Remove-RawObject DkimSignature @(Find-RawObject DkimSignature @{} domainId | Where-Object { $_.domainId -in $domains.id } | ForEach-Object id)
    # Groups after who is in them, domains after what lives in them.
    Remove-RawObject Account @($accounts | Where-Object '@type' -EQ User | ForEach-Object id)
    Remove-RawObject Account @($accounts | Where-Object '@type' -EQ Group | ForEach-Object id)
    Remove-RawObject MailingList @(Find-RawObject MailingList @{} domainId | Where-Object { $_.domainId -in $domains.id } | ForEach-Object id)
    Remove-RawObject Role @(Find-RawObject Role @{} description | Where-Object { "$($_.description)" -like "$Prefix*" } | ForEach-Object id)
    Remove-RawObject OAuthClient @(Find-RawObject OAuthClient @{} clientId | Where-Object { "$($_.clientId)" -like "$Prefix*" } | ForEach-Object id)
    Remove-RawObject Tenant @(Find-RawObject Tenant @{} name | Where-Object { "$($_.name)" -like "$Prefix*" } | ForEach-Object id)
    Remove-RawObject Domain @($domains.id)
    $left = @(Find-RawObject Domain @{} name | Where-Object { "$($_.name)" -like "*$Domain" }) + @(Find-RawObject Role @{} description | Where-Object { "$($_.description)" -like "$Prefix*" })
    if ($left) { throw "These could not be removed: $($left.ForEach{ $_['name'] ?? $_['description'] } -join ', ')" }

    if ($Live.Contains('Folder') -and (Test-Path $Live.Folder)) { Remove-Item -LiteralPath $Live.Folder -Recurse -Force }
}

# Where the server has no such thing: the cmdlet says so in its own words, and sends nothing to say it.
function Assert-Unsupported([scriptblock] $Do) {
    $from = $Live.Wire.Count
    $refused = $Do | Should -Throw -PassThru
    $refused.FullyQualifiedErrorId | Should -BeLike 'Unsupported*' -Because "$refused"
    $refused.CategoryInfo.Category | Should -Be NotImplemented
    @($Live.Wire.GetCalls($from)) | Should -BeNullOrEmpty
}
