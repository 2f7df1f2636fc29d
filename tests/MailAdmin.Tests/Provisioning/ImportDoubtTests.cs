using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Client.Provisioning;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What a row may not have meant, and what is told once.</summary>
public sealed class ImportDoubtTests
{
    private static readonly ImportOptions s_passwords = new() { NoPassword = true };

    [Theory]
    [InlineData("Name,Description,Email\nold,Oliver Lund,oliver.lund@example.org\n")]
    [InlineData("Name,Email,Password\nold,oliver.lund@example.org,Correct-Horse-7\n")]
    public void A_login_of_somebody_else_is_a_warning_and_with_Strict_an_error(string table)
    {
        PlannedRow row = ImportFixture.PlanText(table, s_passwords).Row("old");
        row.Action.ShouldBe(PlannedAction.Update);
        row.Warnings.ShouldHaveSingleItem().ShouldContain("Old Hand, old@example.org");
        ImportFixture.PlanText(table, s_passwords).Warnings[0].ShouldStartWith("Row 1: 'old' exists already");

        ImportPlan strict = ImportFixture.PlanText(table, s_passwords with { Strict = true });
        strict.IsRejected.ShouldBeTrue();
        strict.Row("old").Errors.Single().ErrorId.ShouldBe("NameTaken");
        ImportFixture.PlanText(table, s_passwords with { Mode = ImportMode.Update }).Warnings.ShouldAllBe(warning => warning.StartsWith("Passwords of accounts that exist", StringComparison.Ordinal));
    }

    [Fact]
    public void A_generated_login_of_an_account_without_addresses_is_one_too()
    {
        DirectoryState state = ImportFixture.SampleDirectory with
        {
            Principals = [.. ImportFixture.SampleDirectory.Principals, new MailPrincipal { Id = 9, Kind = PrincipalType.Individual, Name = "jane" }],
        };

        ImportFixture.PlanText("Email\njane@example.org\n", s_passwords with { NameFrom = NameFrom.LocalPart }, state).Row("jane").Warnings.ShouldHaveSingleItem().ShouldContain("without a name and an address");
    }

    [Theory]
    [InlineData("Name,Description,Email\nold,Old Hand,one.more@example.org\n")]
    [InlineData("Name,Description,Email\nold,Older Hand,old@example.org\n")]
    [InlineData("Name,Email\nold,one.more@example.org\n")]
    public void Another_address_or_another_name_alone_is_none(string table) =>
        ImportFixture.PlanText(table, s_passwords with { Strict = true }).Row("old").Action.ShouldBe(PlannedAction.Update);

    [Theory]
    [InlineData("Name,Email\nann,ann@example.org;@example.org\n", "ann@example.org;@example.org")]
    [InlineData("Name,Email\nann,@example.org;ann@example.org\n", "ann@example.org;@example.org")]
    [InlineData("Name,Email,CatchAll\nann,ann@example.org,example.org\n", "ann@example.org;@example.org")]
    [InlineData("Name,PrimaryEmail,CatchAll\nann,ann@example.org,@example.org\n", "ann@example.org;@example.org")]
    public void A_catch_all_is_an_address_and_never_the_first(string table, string addresses) =>
        string.Join(';', ImportFixture.PlanText(table, s_passwords).Row("ann").NewPrincipal!.Email).ShouldBe(addresses);

    [Theory]
    [InlineData("Name,Email\nann,@example.org\n", "EmailInvalid")]
    [InlineData("Name,Email\nann,ann@example.org;@elsewhere.example\n", "DomainMissing")]
    [InlineData("Name,Email\nann,ann@example.org;@example.org\nben,ben@example.org;@example.org\n", "EmailDuplicate")]
    [InlineData("Name,Type,Email\nroom,Location,room@example.org;@example.org\n", "FieldNotApplicable")]
    [InlineData("Name,Type,ExternalMember\nlist,List,@example.org\n", "EmailInvalid")]
    [InlineData("Name,Email,CatchAll\nann,ann@example.org,not a domain\n", "EmailInvalid")]
    public void A_catch_all_that_cannot_be_is_refused(string table, string errorId) =>
        ImportFixture.PlanText(table, s_passwords).Rows.SelectMany(row => row.Errors).ShouldContain(error => error.ErrorId == errorId);

    [Theory]
    [InlineData("Name,Type,Email\nxn--mller-kva.example,Domain,\nann,,ann@müller.example\nben,,ben@xn--mller-kva.example\ncid,,cid@MÜLLER.example\n", "xn--mller-kva.example")]
    [InlineData("Name,Type,Email\nmüller.example,Domain,\nann,,ann@xn--mller-kva.example\nben,,ben@müller.example\ncid,,cid@Müller.Example\n", "müller.example")]
    public void The_two_spellings_of_a_domain_are_one_and_addresses_are_spelt_as_the_domain_is(string table, string domain)
    {
        ImportPlan plan = ImportFixture.PlanText(table, s_passwords);

        plan.FailedCount.ShouldBe(0);
        plan.Rows.Skip(1).Select(row => row.NewPrincipal!.Email.Single()[4..]).ShouldAllBe(spelling => spelling == domain);
    }

    [Fact]
    public void So_they_are_in_every_comparison()
    {
        DirectoryState state = new()
        {
            Principals =
            [
                new MailPrincipal { Id = 1, Kind = PrincipalType.Domain, Name = "xn--mller-kva.example" },
                new MailPrincipal { Id = 2, Kind = PrincipalType.Individual, Name = "ann", Email = ImportFixture.List("ann@xn--mller-kva.example"), Role = ImportFixture.List("user") },
            ],
        };

        ImportFixture.PlanText("Name,Email\nann,ann@müller.example\n", s_passwords, state).Row("ann").Action.ShouldBe(PlannedAction.Unchanged);
        ImportFixture.PlanText("Name,Email\nben,ann@müller.example\n", s_passwords, state).Row("ben").Errors.Single().ErrorId.ShouldBe("EmailTaken");
        ImportFixture.PlanText("Name,Type\nmüller.example,Domain\n", s_passwords, state).Rows.Single().Action.ShouldBe(PlannedAction.Unchanged);
        ImportFixture.PlanText("Name,Type,Member\nl,List,ann@müller.example\n", s_passwords, state).Row("l").NewPrincipal!.Member.ShouldBe(["ann"]);
        ImportFixture.PlanText("Name,Email\nben,b@müller.example\ncid,b@xn--mller-kva.example\n", s_passwords, state).FailedCount.ShouldBe(2);
        ImportFixture.PlanText("Name,Email\nben,b@muller.example\n", s_passwords, state).Row("ben").Errors.Single().ErrorId.ShouldBe("DomainMissing");
        ImportFixture.PlanText("Name,Type,Email\nstraße.example,Domain,\nf,,f@strasse.example\n", s_passwords, state).Row("f").Errors.Single().ErrorId.ShouldBe("DomainMissing");
    }

    [Fact]
    public void A_locale_that_the_server_does_not_have_is_seen_in_the_plan()
    {
        DirectoryState state = ImportFixture.SampleDirectory with { HasLocale = false };

        ImportFixture.PlanText("Name,Email,Locale\nann,ann@example.org,de\n", s_passwords, state).Row("ann").Errors.Single().ShouldSatisfyAllConditions(
            error => error.Column.ShouldBe("Locale"), error => error.Message.ShouldContain("0.12.5"));
        ImportFixture.PlanText("Name,Email,Locale\nann,ann@example.org,\n", s_passwords, state).Row("ann").Action.ShouldBe(PlannedAction.Create);
    }

    [Fact]
    public void A_reason_that_many_rows_share_is_told_once_and_before_the_first_write()
    {
        SandboxServer server = HostedShell.CreateServer();
        using var shell = HostedShell.CreateConnected(server);

        ScriptResult run = shell.Run("@{ Name = 'ann'; Email = 'ann@example.org'; Password = 'only a test' }, @(2..40 | ForEach-Object { @{ Name = \"p$_\"; Email = \"p$_@example.org\"; Password = '' } }) | ForEach-Object { $_ } | Import-MailPrincipal");

        run.OutputAs<MailImportResult>().Count(result => result.ErrorId == "PasswordMissing").ShouldBe(39);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("39 rows (2, 3, 4 … 40)");
        error.FullyQualifiedErrorId.ShouldStartWith("PasswordMissing");
        ScriptResult stopped = shell.Run("$ErrorActionPreference = 'Stop'; @{ Name = 'ben'; Email = 'ben@example.org'; Password = 'only a test' }, @(2..9 | ForEach-Object { @{ Name = \"p$_\" } }) | ForEach-Object { $_ } | Import-MailPrincipal");
        stopped.Errors.ShouldHaveSingleItem();
        shell.Run("@(Get-MailPrincipal ben -ErrorAction Ignore).Count").OutputAs<int>().ShouldBe([0]);
    }

    [Fact]
    public void The_memberships_of_groups_on_the_server_are_read_for_the_plan()
    {
        SandboxServer server = new(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
        using var shell = HostedShell.CreateConnected(server);

        // sales belongs to staff, and no row names it.
        shell.Run("[pscustomobject]@{ Name = 'staff'; Type = 'Group'; MemberOf = 'sales' } | Import-MailPrincipal -WhatIf").OutputAs<MailImportResult>().Single().Error!.ShouldContain("staff → sales → staff");
    }
}
