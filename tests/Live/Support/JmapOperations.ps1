# Dot-sourced by Live.Tests.ps1 for servers from 0.16 on.

# No description lists the methods: what the module sends is seen on the wire.
$Described = @()

# What such a server has beside its methods, each of which is named by itself.
function Get-ModuleOperation {
    [MailAdmin.Client.Operations]::All | Where-Object { $_.Purpose -like '*, from 0.16 on' -or -not $_.IsUnderApi } | ForEach-Object { "$_" } | Where-Object { $_ -ne 'POST /jmap' }
}
