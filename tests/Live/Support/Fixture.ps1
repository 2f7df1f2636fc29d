# Dot-sourced by Live.Tests.ps1: the module, the server, and how the module is connected to it.

# The module that is loaded already, or the one of this build, or the installed one.
function Import-LiveModule {
    if (Get-Module MailAdmin) { return }
    $built = Join-Path $PSScriptRoot '..' '..' '..' 'output' 'MailAdmin'
    if ($env:MAILADMIN_LIVE_MODULE) { Import-Module $env:MAILADMIN_LIVE_MODULE -Global }
    elseif (Test-Path $built) { Import-Module $built -Global }
    else { Import-Module MailAdmin -Global }
}

function New-Live {
    if (-not ('MailAdmin.Live.Wire' -as [type])) {
        Add-Type -TypeDefinition (Get-Content -Raw (Join-Path $PSScriptRoot Wire.cs)) -IgnoreWarnings -WarningAction Ignore
    }
    $url = Get-LiveUrl
    $user = $env:MAILADMIN_LIVE_USER
    $password = $env:MAILADMIN_LIVE_PASSWORD
    if (-not $user -or -not $password) { throw 'MAILADMIN_LIVE_USER and MAILADMIN_LIVE_PASSWORD are needed: an administrator of the server.' }
    $wire = [MailAdmin.Live.Wire]::new($url, [bool] $env:MAILADMIN_LIVE_SKIP_CERTIFICATE_CHECK)
    $run = [guid]::NewGuid().ToString('n').Substring(0, 10)
    $Live = @{
        Url        = $url.AbsoluteUri.TrimEnd('/')
        BasePath   = ([uri] $wire.Address).AbsolutePath.TrimEnd('/')
        Admin      = ConvertTo-BasicHeader $user $password
        Credential = [pscredential]::new($user, (ConvertTo-Secure $password))
        Client     = New-LiveHttpClient
        Wire       = $wire
        # Of this run alone: what is searched for by text.
        Run        = $run
        Sender     = "sender@$run.$Domain"
        TakesMail  = [bool] $env:MAILADMIN_LIVE_SMTP
        # What the module can ask a server of this family.
        Operations = @(Get-ModuleOperation)
        Delivered  = 0
        Folder     = Join-Path ([IO.Path]::GetTempPath()) "$Prefix-$run"
    }
    $Live.Server = Get-RawServer
    $Live
}

function Connect-LiveAccount($Account) {
    Connect-MailServer $Live.Wire.Address -Credential (Get-LiveCredential $Account) -Name $Account.Name -NoDefault -PassThru
}

function Get-LiveCredential($Account) { [pscredential]::new($Account.Name, (ConvertTo-Secure $Account.Password)) }

# Runs a cmdlet that waits for something, meanwhile.
function Start-LiveJob([scriptblock] $Do) {
    $module = (Get-Module MailAdmin).Path -replace "'", "''"
    Start-ThreadJob $Do -InitializationScript ([scriptblock]::Create("`$ErrorActionPreference = 'Stop'; Import-Module '$module'"))
}
