// A domain in letters of another alphabet and its xn-- form are one domain, whichever of the two the server has.
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class DomainSpellingTests
{
    private const string Letters = "müller.example";
    private const string Ascii = "xn--mller-kva.example";

    private readonly SandboxServer _server = HostedShell.CreateServer();

    [Theory]
    [InlineData(Letters, Ascii)]
    [InlineData(Ascii, Letters)]
    [InlineData(Ascii, "MÜLLER.example")]
    [InlineData(Letters, "XN--MLLER-KVA.example")]
    [InlineData(Letters, "mu\u0308ller.example")]
    public void Addresses_of_a_new_principal_are_spelt_as_the_server_spells_the_domain(string stored, string given)
    {
        using HostedShell shell = Connect(stored);
        shell.Run($"New-MailPrincipal jane -NoPassword -Email 'jane@{given}', '@{given}'").ShouldHaveNoErrors();
        GetAddresses(shell, "jane").ShouldBe([$"jane@{stored}", $"@{stored}"]);
        shell.Run($"New-MailPrincipal joe -NoPassword -Email 'joe@{given}' -WhatIf").ShouldHaveNoErrors();
        shell.Run($"[pscustomobject]@{{ Name = 'row'; Email = 'row@{given}' }} | New-MailPrincipal -NoPassword").ShouldHaveNoErrors();
        GetAddresses(shell, "row").ShouldBe([$"row@{stored}"]);
    }

    [Theory]
    [InlineData(Letters, Ascii)]
    [InlineData(Ascii, Letters)]
    public void Addresses_are_changed_under_either_spelling(string stored, string given)
    {
        using HostedShell shell = Connect(stored);
        shell.Run($"New-MailPrincipal jane -NoPassword -Email 'jane@{stored}', 'doe@{stored}'").ShouldHaveNoErrors();

        shell.Run($"Set-MailPrincipal jane -AddEmail 'info@{given}' -WhatIf").ShouldHaveNoErrors();
        shell.Run($"Set-MailPrincipal 'jane@{given}' -AddEmail 'info@{given}'").ShouldHaveNoErrors();
        GetAddresses(shell, "jane").ShouldBe([$"jane@{stored}", $"doe@{stored}", $"info@{stored}"]);

        shell.Run($"Set-MailPrincipal jane -PrimaryEmail 'info@{given}'").ShouldHaveNoErrors();
        GetAddresses(shell, "jane").ShouldBe([$"info@{stored}", $"jane@{stored}", $"doe@{stored}"]);

        shell.Run($"Set-MailPrincipal jane -PrimaryEmail 'info@{stored}' -RemoveEmail 'doe@{given}'").ShouldHaveNoErrors();
        GetAddresses(shell, "jane").ShouldBe([$"info@{stored}", $"jane@{stored}"]);

        shell.Run($"Set-MailPrincipal jane -RemoveEmail 'jane@{given}'").ShouldHaveNoErrors();
        GetAddresses(shell, "jane").ShouldBe([$"info@{stored}"]);

        shell.Run($"Set-MailPrincipal jane -Email 'new@{given}', 'new@{stored}'").ShouldHaveNoErrors();
        GetAddresses(shell, "jane").ShouldBe([$"new@{stored}"]);
    }

    [Theory]
    [InlineData(Letters, Ascii)]
    [InlineData(Ascii, Letters)]
    public void What_is_left_in_another_spelling_than_the_domain_s_is_removed_too(string stored, string given)
    {
        using HostedShell shell = Connect(stored);
        shell.Run($"New-MailPrincipal jane -NoPassword -Email 'jane@{stored}'; Set-MailPrincipal '{stored}' -NewName '{given}'").ShouldHaveNoErrors();
        shell.Run($"Set-MailPrincipal jane -RemoveEmail 'jane@{given}' -AddEmail jane@example.org").ShouldHaveNoErrors();
        GetAddresses(shell, "jane").ShouldBe(["jane@example.org"]);

        shell.Run($"New-MailPrincipal news -Type List -ExternalMember 'a@ü{Letters}', 'b@ü.test'").ShouldHaveNoErrors();
        shell.Run("Set-MailPrincipal news -RemoveExternalMember 'b@xn--tda.test'").ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal news).ExternalMember").Output.ShouldHaveSingleItem().ToString().ShouldBe($"a@ü{Letters}");
    }

    [Fact]
    public void The_primary_address_in_its_other_spelling_changes_nothing()
    {
        using HostedShell shell = Connect(Ascii);
        shell.Run($"New-MailPrincipal jane -NoPassword -Email 'jane@{Ascii}'").ShouldHaveNoErrors();
        int before = _server.RequestLog.Count(line => line.StartsWith("PATCH", StringComparison.Ordinal));
        shell.Run($"Set-MailPrincipal jane -PrimaryEmail 'jane@{Letters}'").ShouldHaveNoErrors();
        _server.RequestLog.Count(line => line.StartsWith("PATCH", StringComparison.Ordinal)).ShouldBe(before);
        shell.Run($"Set-MailPrincipal jane -AddEmail 'x@{Ascii}' -RemoveEmail 'x@{Letters}'").Errors.ShouldHaveSingleItem().ToString().ShouldContain("both");
    }

    [Theory]
    [InlineData(Letters, Ascii)]
    [InlineData(Ascii, Letters)]
    public void A_domain_is_taken_under_either_spelling(string stored, string given)
    {
        using HostedShell shell = Connect(stored);
        foreach (string whatIf in new[] { " -WhatIf", "" })
        {
            shell.Run($"New-MailPrincipal '{given}' -Type Domain{whatIf}").Errors.ShouldHaveSingleItem().FullyQualifiedErrorId.ShouldStartWith("AlreadyExists");
        }
    }

    [Theory]
    [InlineData(Letters, Ascii)]
    [InlineData(Ascii, Letters)]
    public void Principals_are_listed_and_named_under_either_spelling(string stored, string given)
    {
        using HostedShell shell = Connect(stored);
        shell.Run($"New-MailPrincipal jane -NoPassword -Email 'jane@{stored}'; New-MailPrincipal team -Type Group -Email 'team@{stored}'").ShouldHaveNoErrors();
        GetNames(shell.Run($"Get-MailPrincipal -Domain '{given}'").ShouldHaveNoErrors()).ShouldBe(["jane", "team"], ignoreOrder: true);
        GetNames(shell.Run($"Get-MailPrincipal -Domain '{given}' -Type Group").ShouldHaveNoErrors()).ShouldBe(["team"]);
        GetNames(shell.Run($"Get-MailPrincipal '{given}'").ShouldHaveNoErrors()).ShouldBe([stored]);
        GetNames(shell.Run($"Get-MailPrincipal 'jane@{given}'").ShouldHaveNoErrors()).ShouldBe(["jane"]);
        shell.Run($"Set-MailPrincipal jane -AddMemberOf 'team@{given}'").ShouldHaveNoErrors();
        shell.Run("(Get-MailPrincipal jane).MemberOf").Output.ShouldHaveSingleItem().ToString().ShouldBe("team");
        shell.Run($"Remove-MailPrincipal 'jane@{given}' -Force").ShouldHaveNoErrors();
        shell.Run("Get-MailPrincipal jane").Errors.ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData(Letters, Ascii)]
    [InlineData(Ascii, Letters)]
    public void A_signature_is_for_the_domain_as_the_server_spells_it_and_found_under_both(string stored, string given)
    {
        using HostedShell shell = Connect(stored);
        shell.Run($"New-MailDkimSignature '{given}' -WhatIf").ShouldHaveNoErrors();
        ScriptResult made = shell.Run($"New-MailDkimSignature '{given}'").ShouldHaveNoErrors();
        made.Warnings.ShouldBeEmpty();
        made.OutputAs<MailDkimSignature>().ShouldHaveSingleItem().Domain.ShouldBe(stored);
        foreach (string name in new[] { stored, given, "xn--m*", "m?ller*" })
        {
            shell.Run($"Get-MailDkimSignature '{name}'").ShouldHaveNoErrors().OutputAs<MailDkimSignature>().ShouldHaveSingleItem().Domain.ShouldBe(stored);
        }
        shell.Run($"Get-MailDnsRecord '{given}'").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Letters, Ascii, Ascii)]
    [InlineData(Letters, Letters, Letters)]
    [InlineData(Ascii, Letters, Letters)]
    [InlineData("café.test", "xn--caf-dma.test", Letters)]
    public void A_delivery_is_tested_to_the_domain_as_the_server_or_else_DNS_spells_it(string given, string expected, string stored)
    {
        using HostedShell shell = Connect(stored);
        shell.Run($"Test-MailDelivery '{given}' -TimeoutSeconds 600 -Quiet");
        shell.Run($"Test-MailDelivery 'jörg@{given}' -TimeoutSeconds 600 -Quiet");
        string[] sent = [.. _server.RequestLog.Where(line => line.Contains("/troubleshoot/delivery/", StringComparison.Ordinal)).Select(Uri.UnescapeDataString)];
        sent.ShouldContain(line => line.Contains($"/delivery/{expected}", StringComparison.Ordinal));
        sent.ShouldContain(line => line.Contains($"/delivery/jörg@{expected}", StringComparison.Ordinal));
    }

    [Fact]
    public void What_has_one_spelling_alone_costs_no_look()
    {
        using HostedShell shell = Connect(Letters);
        int before = _server.RequestCount;
        shell.Run("New-MailPrincipal jane -NoPassword -Email jane@example.org").ShouldHaveNoErrors();
        (_server.RequestCount - before).ShouldBe(1);
    }

    [Fact]
    public void A_domain_the_server_has_in_neither_spelling_is_still_unknown()
    {
        using HostedShell shell = Connect(Letters);
        shell.Run("New-MailPrincipal jane -NoPassword -Email jane@café.test").Errors.ShouldHaveSingleItem().ToString().ShouldContain("café.test");
    }

    private HostedShell Connect(string domain)
    {
        var shell = HostedShell.CreateConnected(_server);
        shell.Run($"New-MailPrincipal '{domain}' -Type Domain").ShouldHaveNoErrors();
        return shell;
    }

    private static string[] GetAddresses(HostedShell shell, string name) => [.. shell.Run($"Get-MailPrincipal {name}").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single().Email!];

    private static string[] GetNames(ScriptResult result) => [.. result.OutputAs<MailPrincipal>().Select(principal => principal.Name)];

    [Theory]
    [InlineData("Get-MailQueueMessage -To müller.example", "xn--mller-kva.example")]
    [InlineData("Get-MailQueueMessage -Text info@xn--mller-kva.example", "müller.example")]
    [InlineData("Invoke-MailQueueReschedule 342084653895266304 -Domain müller.example", "xn--mller-kva.example")]
    [InlineData("Get-MailQueueReport -Domain müller.example", "xn--mller-kva.example")]
    [InlineData("Get-MailDmarcReport -Text müller.example", "xn--mller-kva.example")]
    [InlineData("Get-MailTrace -Text müller.example", "xn--mller-kva.example")]
    [InlineData("Watch-MailTrace -Domain müller.example -TimeoutSeconds 1", "xn--mller-kva.example")]
    public void Where_the_server_compares_texts_the_other_spelling_is_told(string script, string other)
    {
        using var shell = new HostedShell();
        shell.Run("$null = Connect-MailServer -Sandbox").ShouldHaveNoErrors();
        shell.Run(script).Warnings.ShouldContain(warning => warning.Message.Contains($"'{other}'", StringComparison.Ordinal));
        shell.Run(script.Replace("xn--mller-kva", "mueller", StringComparison.Ordinal).Replace("müller", "mueller", StringComparison.Ordinal)).Warnings
            .ShouldNotContain(warning => warning.Message.Contains("also spelt", StringComparison.Ordinal));
    }
}
