using MailAdmin.Client;
using MailAdmin.Client.Provisioning;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Headers of other languages that mean one property, and what is said of columns and parameters that are not used.</summary>
public sealed class UnusedColumnTests
{
    private static readonly ImportOptions s_options = new() { NoPassword = true };

    [Theory]
    [InlineData("Passwort", "Password")]
    [InlineData("Kennwort", "Password")]
    [InlineData("Mot de passe", "Password")]
    [InlineData("Contraseña", "Password")]
    [InlineData("Wachtwoord", "Password")]
    [InlineData("hasło", "Password")]
    [InlineData("ПАРОЛЬ", "Password")]
    [InlineData("Anzeigename", "Description")]
    [InlineData("Nom complet", "Description")]
    [InlineData("Gruppen", "MemberOf")]
    [InlineData("Groupes", "MemberOf")]
    public void A_header_of_another_language_that_means_one_property_is_read(string header, string field) =>
        ColumnMap.Create(["Name", header]).Columns.Single(column => column.Header == header).Field.ToString().ShouldBe(field);

    [Theory]
    [InlineData("Name,Email,Aliases", "-ColumnMap @{ 'Aliases' = 'Email'; 'Email' = 'PrimaryEmail' }")]
    [InlineData("Name,E-Mail,Other addresses", null)]
    [InlineData("Name,Mail,Other addresses", "-ColumnMap @{ 'Other addresses' = 'Email'; 'Mail' = 'PrimaryEmail' }")]
    [InlineData("Name,PrimaryEmail,Secondary Email", "-ColumnMap @{ 'Secondary Email' = 'Email' }")]
    [InlineData("Name,Email,Alternate email", "-ColumnMap @{ 'Alternate email' = 'Email'; 'Email' = 'PrimaryEmail' }")]
    [InlineData("Name,Description,Alias", "-ColumnMap @{ 'Alias' = 'Email' }")]
    public void Columns_of_addresses_are_named_with_what_reads_them(string headers, string? map)
    {
        string[] columns = headers.Split(',');
        string advice = Describe(columns, "ann", "ann@example.org", "a@example.org; b@example.org")!;

        advice.ShouldContain($"'{columns[2]}' holds addresses, which no account gets.");
        if (map is not null)
        {
            advice.ShouldContain($" {map}.");
        }
    }

    [Theory]
    [InlineData("Name,Email,Speicherplatz", "5 GB", " To read one, name its property: -ColumnMap @{ 'Speicherplatz' = 'Quota' }.")]
    [InlineData("Name,Email,Rollen", "user", " To read one, name its property: -ColumnMap @{ 'Rollen' = 'Role' }.")]
    [InlineData("Name,Email,Chef", "boss@example.org", " 'Chef' holds addresses, which no account gets. If they are addresses of the accounts, name the property with -ColumnMap.")]
    [InlineData("Name,Email,Phone", "0123", null)]
    [InlineData("Name,Email,Aliases", "", " To read one, name its property: -ColumnMap @{ 'Aliases' = 'Email'; 'Email' = 'PrimaryEmail' }.")]
    [InlineData("Name,Email,Id", "7", null)]
    public void What_else_may_be_missed_is_told_and_nothing_of_what_is_not(string headers, string cell, string? advice) =>
        Describe(headers.Split(','), "ann", "ann@example.org", cell).ShouldBe(advice);

    [Theory]
    [InlineData("Name,Email,Aliases", "Aliases=Email", "'Email' = 'PrimaryEmail'; 'Aliases' = 'Email'")]
    [InlineData("Name,Aliases,Email", "Aliases=Email", "'Email' = 'PrimaryEmail'; 'Aliases' = 'Email'")]
    [InlineData("Name,Mail,Email", "", "'Mail' = 'PrimaryEmail'; 'Email' = 'Email'")]
    [InlineData("Name,A,B", "A=Email;B=Emails", "'A' = 'PrimaryEmail'; 'B' = 'Email'")]
    public void Two_columns_of_addresses_are_refused_with_a_map_that_reads_both(string headers, string map, string advised)
    {
        ColumnMapException exception = Should.Throw<ColumnMapException>(() => ColumnMap.Create(headers.Split(','), With(map)));

        exception.ErrorId.ShouldBe("DuplicateColumnMapping");
        exception.Message.ShouldContain($"-ColumnMap @{{ {advised} }}");
        var columns = ColumnMap.Create(headers.Split(','), With(advised.Replace("'", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal)));
        columns.Find(ImportField.PrimaryEmail).ShouldHaveSingleItem();
        columns.Find(ImportField.Email).ShouldHaveSingleItem();
    }

    [Fact]
    public void Beside_a_column_of_the_primary_address_one_of_two_is_to_be_ignored()
    {
        string message = Should.Throw<ColumnMapException>(() => ColumnMap.Create(["Name", "PrimaryEmail", "Email", "Aliases"], With("Aliases=Email"))).Message;

        message.ShouldContain("-ColumnMap @{ 'Aliases' = '' }");
        message.ShouldNotContain("To read both");
    }

    [Theory]
    [InlineData("Name,Email\nann,ann@example.org\n", "-NameFrom is not used: the column 'Name' holds the login. To ignore that column, specify -ColumnMap @{ 'Name' = '' }.")]
    [InlineData("Name,Email\nann,ann@example.org\n,ben@example.org\n", "-NameFrom is used only for rows without a login in the column 'Name'. To ignore that column, specify -ColumnMap @{ 'Name' = '' }.")]
    [InlineData("Name,Email\n,ben@example.org\n", null)]
    [InlineData("Email\nben@example.org\n", null)]
    public void A_name_column_that_goes_before_NameFrom_is_told(string table, string? warning)
    {
        foreach (NameFrom from in (NameFrom[])[NameFrom.Email, NameFrom.LocalPart])
        {
            ImportFixture.PlanText(table, s_options with { NameFrom = from }).Warnings.Where(told => told.StartsWith("-NameFrom", StringComparison.Ordinal)).ShouldBe(warning is null ? [] : [warning]);
        }
    }

    [Theory]
    [InlineData("Name,Type,Member\npeople,List,\"old@example.org,hal@example.org\"\n", "Member")]
    [InlineData("Name,Type,Member\npeople,List,\"old,hal\"\n", "Member")]
    [InlineData("Name,Email,MemberOf\nann,ann@example.org,\"sales,staff\"\n", "MemberOf")]
    [InlineData("Name,Email,List\nann,ann@example.org,\"news@example.org,all@example.org\"\n", "List")]
    [InlineData("Name,Email,Role\nann,ann@example.org,\"user,helpdesk\"\n", "Role")]
    [InlineData("Name,Email,EnabledPermission\nann,ann@example.org,\"authenticate,email-send\"\n", "EnabledPermission")]
    public void Commas_between_names_are_told(string table, string column) =>
        ImportFixture.PlanText(table, s_options, ImportFixture.SampleDirectory with { Permissions = new HashSet<string> { "authenticate", "email-send" } })
            .Rows.Single().Errors.Single(error => error.Column == column).Message.ShouldEndWith(" Several in one cell are separated by ';', not by ','.");

    [Theory]
    [InlineData("0.15", NameFrom.Email, true)]
    [InlineData("0.15", NameFrom.LocalPart, true)]
    [InlineData("0.16", NameFrom.Email, false)]
    [InlineData("0.16", NameFrom.LocalPart, true)]
    public void Both_are_told_by_the_cmdlet(string version, NameFrom from, bool isNameFromTold)
    {
        using var shell = new HostedShell();
        shell.Run($"Connect-MailServer -Sandbox -ServerVersion {version}").Errors.ShouldBeEmpty();

        string[] warnings = [.. shell.Run($"[pscustomobject]@{{ Name = 'zoe'; Email = 'zoe@example.org'; Kostenstelle = 7; Aliases = 'z@example.org' }} | Import-MailPrincipal -NoPassword -NameFrom {from} -WhatIf").Warnings.Select(warning => warning.Message)];

        warnings.ShouldContain("Columns that are not used: 'Kostenstelle', 'Aliases'. 'Aliases' holds addresses, which no account gets. To read one, name its property: -ColumnMap @{ 'Aliases' = 'Email'; 'Email' = 'PrimaryEmail' }.");
        warnings.Count(warning => warning.StartsWith("-NameFrom is not used: ", StringComparison.Ordinal)).ShouldBe(isNameFromTold ? 1 : 0);
    }

    private static string? Describe(string[] headers, params string[] cells)
    {
        var map = ColumnMap.Create(headers);
        return UnusedColumnAdvice.Describe(map, new ImportTable(headers, [new ImportRow(1, cells, null)]), map.UnusedColumns);
    }

    private static ImportOptions With(string map) => new()
    {
        ColumnOverrides = map.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => (string?)pair[1]),
    };
}
