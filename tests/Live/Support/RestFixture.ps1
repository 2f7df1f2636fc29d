# Dot-sourced by Live.Tests.ps1 for servers of 0.11 to 0.15: what the suite makes beside the module, and how that is removed again.

# A domain and three accounts, made beside the module, and the module's connection through the wire that notes its calls.
function Add-LiveFixture {
    $null = New-Item -ItemType Directory -Path $Live.Folder
    $Live.Before = Get-ForeignState
    $Live.QueueRan = Get-Raw /api/queue/status
    $null = Get-Raw /api/principal -Method POST -Body @{ type = 'domain'; name = $Domain; description = "of the suite $Prefix" }
    foreach ($name in 'ann', 'bob', 'cat') {
        $account = @{ Name = "$Prefix-$name"; Address = "$name@$Domain"; Password = New-LivePassword }
        $null = Get-Raw /api/principal -Method POST -Body @{
            type = 'individual'; name = $account.Name; emails = @($account.Address); secrets = @($account.Password); roles = @('user'); description = "$name $Prefix $($Live.Run)"
        }
        $Live[$name] = $account
    }
    $null = Connect-MailServer $Live.Wire.Address -Credential $Live.Credential -Name $Prefix -PassThru
}

# What is not the suite's own, to see afterwards that it is as it was.
function Get-ForeignState {
    $items = (Get-Raw '/api/principal?fields=name,type,description,emails,quota,roles,memberOf,members').items
    $settings = (Get-Raw /api/settings/list).items
    # The server itself writes these at any time, or because of an update that was asked for.
    $moving = '^(server\.(blocked|allowed)-ip|version|spam-filter|lookup|http-lookup|metrics|acme)\b'
    @{
        Principals = @($items | Where-Object { "$($_.name)" -notlike "$Prefix*" } | ForEach-Object {
                $item = $_
                ($item.Keys | Sort-Object | ForEach-Object { "$_=$((Get-List $item[$_]) -join ',')" }) -join '; '
            } | Sort-Object)
        Settings   = @($settings.Keys | Where-Object { $_ -notmatch $moving -and $_ -notlike "*$Prefix*" } | ForEach-Object { "$_ = $($settings[$_])" } | Sort-Object)
    }
}

# The ids of the queued messages of this suite. A filter alone does not decide what is deleted: each message is looked at.
function Get-OwnQueueId {
    $path = $Domain
    foreach ($message in (Get-Raw "/api/queue/messages?values=1&text=$path").items) {
        $recipients = if ($message.Contains('domains')) { $message.domains.recipients } else { $message.recipients }
        $addresses = @($message.return_path) + @($recipients | ForEach-Object { $_.address })
        if ($addresses -like "*$Domain") { $message.id }
    }
}

# The ids of the received reports of this suite.
function Get-OwnReportId([string] $Kind) {
    foreach ($id in (Get-Raw "/api/reports/$Kind`?text=$Prefix").items) {
        $answer = Invoke-Raw GET "/api/reports/$Kind/$id"
        if ($answer.Status -eq 200 -and $answer.Text.Contains($Prefix)) { $id }
    }
}

# The queue stands still for a while. A setting remembers meanwhile that it ran, for the case that this run is broken off.
function Save-LiveQueue {
    if ($Live.QueueRan) {
        $null = Get-Raw /api/settings -Method POST -Body @(, @{ type = 'insert'; prefix = $null; values = @(, @("$Prefix.queue", 'ran')); assert_empty = $false })
    }
}

function Restore-LiveQueue {
    $ran = (Get-RawSetting $Prefix)["$Prefix.queue"] -eq 'ran'
    if ($ran) {
        $null = Get-Raw /api/queue/status/start -Method PATCH
        Wait-Live { Get-Raw /api/queue/status } -For 'the queue runs again'
        $null = Get-Raw /api/settings -Method POST -Body @(, @{ type = 'delete'; keys = @("$Prefix.queue") })
    } elseif ($Live.Contains('QueueRan') -and -not $Live.QueueRan -and (Get-Raw /api/queue/status)) {
        $null = Get-Raw /api/queue/status/stop -Method PATCH
    }
}

# What nobody else is called: settings, DKIM signatures, reports, mail and principals of this run, or of one that was broken off.
function Remove-LiveLeftover {
    Restore-LiveQueue
    # A message under delivery at that moment comes back.
    foreach ($try in 1..10) {
        $ids = @(Get-OwnQueueId)
        if (-not $ids) { break }
        foreach ($id in $ids) { $null = Invoke-Raw DELETE "/api/queue/messages/$id" }
        if (Get-OwnQueueId) { [Threading.Thread]::Sleep(300) }
    }
    foreach ($kind in 'dmarc', 'tls', 'arf') {
        foreach ($id in @(Get-OwnReportId $kind)) { $null = Invoke-Raw DELETE "/api/reports/$kind/$id" }
    }
    if ($Live['QueueReport']) {
        $null = Invoke-Raw DELETE "/api/queue/reports/$([uri]::EscapeDataString($Live.QueueReport))"
    }
    $principals = @((Get-Raw '/api/principal?fields=name,type,description').items | Where-Object { "$($_.name)" -like "$Prefix*" -or "$($_['description'])" -like "$Prefix*" })
    if ('oss', 'enterprise' -contains $Live.Server.Edition) {
        $principals += @((Get-Raw '/api/principal?types=tenant&fields=name,type').items | Where-Object { "$($_.name)" -like "$Prefix*" })
    }
    # Domains after what lives in them, tenants last.
    $order = @{ domain = 1; tenant = 2 }
    foreach ($principal in $principals | Sort-Object { $order["$($_.type)"] ?? 0 }) {
        $null = Invoke-Raw DELETE "/api/principal/$([uri]::EscapeDataString($principal.name))"
    }
    $left = (Get-Raw '/api/principal?fields=name').items | Where-Object { "$($_.name)" -like "$Prefix*" }
    if ($left) { throw "These could not be removed: $($left.name -join ', ')" }

    $settings = (Get-Raw /api/settings/list).items
    $own = @($settings.Keys | Where-Object { $_ -like "$Prefix*" -or $_ -like "signature.$Prefix*" -or $_ -like "report.analysis.addresses.$Prefix*" -or $_ -like "webhook.$Prefix*" -or
            ($_ -eq 'report.domain' -and $settings[$_] -eq $Domain) -or ($_ -like '*.resource' -and $settings[$_] -like "file:///$Prefix/*") })
    if ($own) {
        $null = Get-Raw /api/settings -Method POST -Body @(, @{ type = 'delete'; keys = $own })
        $null = Invoke-Raw GET /api/reload
    }
    if ($Live.Contains('Folder') -and (Test-Path $Live.Folder)) { Remove-Item -LiteralPath $Live.Folder -Recurse -Force }
}

# Where the edition has no such thing: the server says so beside the module, and the cmdlet says so in its own words.
function Assert-Unsupported {
    param([Parameter(Mandatory)] [scriptblock] $Do, [Parameter(Mandatory)] [string] $Method, [Parameter(Mandatory)] [string] $Path, $Body)
    $call = @{ Method = $Method; Path = $Path }
    if ($PSBoundParameters.ContainsKey('Body')) { $call.Body = $Body }
    $raw = Invoke-Raw @call
    if ($Live.Server.Edition -eq 'oss') {
        $raw.Status | Should -Be 404
    } else {
        $raw.Json.error | Should -Be unsupported
    }
    $refused = $Do | Should -Throw -PassThru
    $refused.FullyQualifiedErrorId | Should -BeLike 'Unsupported,*' -Because "$refused"
    $refused.CategoryInfo.Category | Should -Be NotImplemented
}

function Get-EditionNote { "the $($Live.Server.Edition) edition has none: $($Live.Server.Edition -eq 'oss' ? '404' : 'unsupported') beside the module, and Unsupported from the cmdlet" }
