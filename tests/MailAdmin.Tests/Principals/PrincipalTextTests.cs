using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalTextTests
{
    [Theory]
    [InlineData("Get-MailPrincipal -Filter 'Enabled -eq $false'", "Where-Object { $_.Enabled -eq $false }")]
    [InlineData("Get-MailPrincipal -Filter { Name -like 'ja*' }", "Where-Object { $_.Name -like 'ja*' }")]
    [InlineData("Get-MailPrincipal -Filter \"Quota -gt 1GB\"", "Where-Object { $_.Quota -gt 1GB }")]
    [InlineData("Get-MailPrincipal -Filter 'SamAccountName -eq \"jane\"'", "Where-Object {")]
    [InlineData("Get-MailPrincipal -Filter '(&(objectClass=user)(mail=jane*))'", "Where-Object {")]
    [InlineData("Get-MailPrincipal -Filter '(Enabled -eq $true) -and (Quota -gt 5)'", "Where-Object {")]
    [InlineData("Get-MailPrincipal -Filter *", "Get-MailPrincipal '*'")]
    [InlineData("Get-MailPrincipal -Text 'ja*'", "Get-MailPrincipal 'ja*'")]
    [InlineData("Export-MailPrincipal never.csv -Filter 'Type -eq \"Group\"' -WhatIf", "Where-Object {")]
    public void A_filter_of_another_language_is_refused_with_the_right_form(string script, string advice)
    {
        using var shell = new HostedShell();
        shell.Run("$null = Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        ScriptResult run = shell.Run(script);
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(advice);
        run.Output.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("jane.doe@example.org")]
    [InlineData("jane doe")]
    [InlineData("built-in")]
    [InlineData("Jean-Luc")]
    [InlineData("(sales)")]
    public void Words_are_words(string text)
    {
        using var shell = new HostedShell();
        shell.Run("$null = Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        shell.Run($"Get-MailPrincipal -Text '{text}'").ShouldHaveNoErrors();
    }
}
