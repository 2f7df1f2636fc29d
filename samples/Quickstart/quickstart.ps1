<#
    The main job of MailAdmin on its embedded sandbox: people from a CSV file become accounts.

    Runs in PowerShell 7.6, installed (./samples/Quickstart/quickstart.ps1, after a build) or not (dotnet run --project samples/Quickstart).

    It checks what it shows, and fails unless all of it happened.
#>
[CmdletBinding()]
param(
    # The people. Two rows are wrong on purpose: a quota that cannot be read and a domain that does not exist.
    [string] $Path = [IO.Path]::Combine($PSScriptRoot, 'people.csv'),

    # The version of the server, such as 0.16, which is administered in another way: the cmdlets are the same.
    [string] $ServerVersion = '0.11'
)

Set-StrictMode -Version 3
$ErrorActionPreference = 'Stop'

function Write-Heading([string] $Text) {
    '', $Text, ('-' * $Text.Length) | Out-Host
}

function Assert-That([bool] $Condition, [string] $Claim) {
    if (-not $Condition) {
        throw "The quickstart failed: $Claim - but it is not so."
    }
    "  ok  $Claim" | Out-Host
}

# How many results there are of each action, such as @{ Created = 200; Failed = 2 }.
function Get-ActionCount([object[]] $Result) {
    $count = @{ Create = 0; Created = 0; Update = 0; Updated = 0; Unchanged = 0; Failed = 0 }
    foreach ($one in $Result) {
        $count[$one.Action]++
    }
    $count
}

function Get-RowWith([object[]] $Result, [string] $Action) {
    foreach ($one in $Result) {
        if ($one.Action -eq $Action) { $one }
    }
}

if (-not (Get-Module -Name MailAdmin)) {
    Import-Module -Name ([IO.Path]::Combine($PSScriptRoot, '..', '..', 'output', 'MailAdmin'))
}

# The file's data rows: what the results are held against.
$rowCount = ([IO.File]::ReadAllLines($Path).Where{ $_.Trim() }).Count - 1
$wrong = @{ 'oscar.dominguez' = 'Quota'; 'imogen.frost' = 'Email' }
$changedFile = [IO.Path]::Combine([IO.Path]::GetTempPath(), "people-$([guid]::NewGuid().ToString('n')).csv")

try {
    Write-Heading 'Connect to a mail server in memory'
    Connect-MailServer -Sandbox -ServerVersion $ServerVersion -Name quickstart
    Get-MailConnection | Out-Host
    $before = @(Get-MailPrincipal -Type Individual).Count

    Write-Heading "The plan: what importing $([IO.Path]::GetFileName($Path)) would do (-WhatIf; nothing is written)"
    $plan = @(Import-MailPrincipal -Path $Path -WhatIf -ErrorAction SilentlyContinue)
    $planned = Get-ActionCount $plan
    $plan[0..9] | Out-Host
    "  ... and $($plan.Count - 10) more: $($planned.Create) to create, $($planned.Update) to update, $($planned.Unchanged) unchanged, $($planned.Failed) wrong." | Out-Host
    Assert-That ($plan.Count -eq $rowCount) "the plan has one line for each of the $rowCount rows"
    Assert-That ($planned.Create -ge 200) "at least 200 accounts and groups would be created ($($planned.Create))"
    Assert-That (@(Get-MailPrincipal -Type Individual).Count -eq $before) "planning changed nothing: still $before accounts"

    Write-Heading 'The import'
    $watch = [Diagnostics.Stopwatch]::StartNew()
    $problems = @()
    $result = @(Import-MailPrincipal -Path $Path -Confirm:$false -ErrorAction SilentlyContinue -ErrorVariable problems)
    $watch.Stop()
    $done = Get-ActionCount $result
    "  {0} rows in {1:n1} s: {2} created, {3} updated, {4} unchanged, {5} failed." -f $result.Count, $watch.Elapsed.TotalSeconds, $done.Created, $done.Updated, $done.Unchanged, $done.Failed | Out-Host
    Assert-That ($result.Count -eq $rowCount) 'every row has its result'
    Assert-That ($done.Created -eq $planned.Create -and $done.Updated -eq $planned.Update -and $done.Failed -eq $planned.Failed) 'it did what the plan said'

    Write-Heading 'The failed rows, by row and column'
    $failed = @(Get-RowWith $result 'Failed')
    $failed | Out-Host
    Assert-That ($failed.Count -eq $wrong.Count) "exactly the $($wrong.Count) rows that are wrong on purpose failed"
    foreach ($one in $failed) {
        Assert-That ($one.Row -gt 0 -and $wrong[($one.Identity -replace '@.*')] -eq $one.Column) "row $($one.Row), $($one.Identity): the error is in column $($one.Column)"
    }
    Assert-That ($problems.Count -eq $wrong.Count) 'each of them is an error record too'

    Write-Heading 'The accounts'
    $accounts = @(Get-MailPrincipal -Type Individual)
    $accounts[0..14] | Out-Host
    "  ... and $($accounts.Count - 15) more." | Out-Host
    $createdPeople = @(Get-RowWith $result 'Created').Where{ "$($_.Type)" -eq 'Individual' }
    Assert-That ($accounts.Count -eq $before + $createdPeople.Count) "$($createdPeople.Count) people have accounts now, beside the $before there were"
    $taro = Get-MailPrincipal -Identity taro.yamada@fjord.example.org
    Assert-That ($taro.Description -ceq '山田 太郎') "taro.yamada is $($taro.Description)"

    Write-Heading 'The same file again'
    $again = @(Import-MailPrincipal -Path $Path -Confirm:$false -ErrorAction SilentlyContinue)
    $repeated = Get-ActionCount $again
    "  $($repeated.Created) created, $($repeated.Updated) updated, $($repeated.Unchanged) unchanged, $($repeated.Failed) failed." | Out-Host
    Assert-That ($repeated.Created -eq 0 -and $repeated.Updated -eq 0) 'a second import changes nothing'
    Assert-That ($repeated.Unchanged -eq $rowCount - $wrong.Count) 'every good row is unchanged'

    Write-Heading 'One change in the file: Seán O''Connor gets 12GB instead of 5GB'
    $text = [IO.File]::ReadAllText($Path)
    $newText = [regex]::new('(?m)^(Individual,sean\.oconnor,.*),5GB,').Replace($text, '$1,12GB,')
    Assert-That ($newText -cne $text) 'the row is in the file'
    [IO.File]::WriteAllText($changedFile, $newText)
    $changed = @(Import-MailPrincipal -Path $changedFile -Confirm:$false -ErrorAction SilentlyContinue)
    $updated = @(Get-RowWith $changed 'Updated')
    $updated | Out-Host
    $tally = Get-ActionCount $changed
    Assert-That ($updated.Count -eq 1 -and $updated[0].Identity -in 'sean.oconnor', 'sean.oconnor@fjord.example.org' -and $updated[0].Changes.Count -eq 1) 'it becomes one change on the server'
    Assert-That ($tally.Created -eq 0 -and $tally.Unchanged -eq $rowCount - $wrong.Count - 1) 'all others are unchanged'
    Get-MailPrincipal -Identity sean.oconnor@fjord.example.org | Out-Host
    Assert-That ((Get-MailPrincipal -Identity sean.oconnor@fjord.example.org).Quota -eq 12GB) 'the server has the new quota'

    '', 'All of it happened. Next: README.md, "A tour".' | Out-Host
}
finally {
    [IO.File]::Delete($changedFile)
    if (Get-MailConnection | & { process { if ($_.Name -eq 'quickstart') { $_ } } }) {
        Disconnect-MailServer -Connection quickstart
    }
}
