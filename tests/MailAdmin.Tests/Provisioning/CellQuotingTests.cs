// A separator too many or too few puts the password under another header, and what is said of that column must not quote it.
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Provisioning;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

public sealed class CellQuotingTests : IDisposable
{
    private const string Secret = "hunter2-x9";
    private static readonly Dictionary<string, string> s_cells = new()
    {
        ["Name"] = "jane",
        ["Email"] = "jane@example.org",
        ["Password"] = Secret,
        ["Quota"] = "5GB",
        ["MemberOf"] = "staff",
        ["Role"] = "user",
        ["Type"] = "Individual",
        ["Enabled"] = "True",
        ["Description"] = "Jane Doe",
        ["Locale"] = "",
    };

    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("mailadmin-quoting-");

    public CellQuotingTests() => _shell = HostedShell.CreateConnected(_server);

    /// <summary>Orders of the columns, the password at each place.</summary>
    public static TheoryData<string> Headers
    {
        get
        {
            string[][] orders = [["Name", "Email", "Quota", "MemberOf"], ["Name", "Description", "MemberOf", "Role", "Quota"], ["Type", "Name", "Email", "MemberOf", "Enabled", "Locale"], ["Name", "MemberOf", "Description", "Locale"]];
            return [.. orders.SelectMany(order => Enumerable.Range(0, order.Length + 1).Select(at => string.Join(',', order[..at].Append("Password").Concat(order[at..]))))];
        }
    }

    public void Dispose()
    {
        _shell.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void No_error_of_a_shifted_row_quotes_the_password(string headers)
    {
        string[] row = [.. headers.Split(',').Select(header => s_cells[header])];
        int password = Array.IndexOf(row, Secret);
        var shifted = new List<string[]>();
        for (int i = 0; i < row.Length; i++)
        {
            foreach (string extra in new[] { "", " Jane", "Jane", "staff", "5GB", "jane@example.org" })
            {
                shifted.Add([.. row[..i], extra, .. row[i..^1]]);
                shifted.Add([.. row[..i], extra, .. row[i..]]);
                shifted.Add([.. row[..i], extra, extra, .. row[i..].SkipLast(2)]);
            }
            shifted.Add([.. row[..i], .. row[(i + 1)..], ""]);
            shifted.Add([.. row[..i], .. row[(i + 1)..]]);
        }
        int invalid = 0;
        foreach (string[] cells in shifted)
        {
            foreach (PlannedRow planned in ImportFixture.PlanText($"{headers}\n{string.Join(',', cells)}\n").Rows.Where(planned => planned.Errors.Count > 0))
            {
                invalid++;
                planned.Errors.SelectMany(error => new[] { error.ToString(), error.Value }).ShouldAllBe(text => text == null || !text.Contains(Secret), $"{headers}: {string.Join(',', cells)}");
            }
        }
        invalid.ShouldBeGreaterThan(password == 0 ? row.Length : 2 * row.Length);
    }

    // The column need not be read for its cells to be secret.
    [Theory]
    [InlineData("Passwort")]
    [InlineData("Kennwort neu")]
    [InlineData("Pwd")]
    [InlineData("secret")]
    [InlineData("Mot de passe")]
    [InlineData("Contraseña")]
    [InlineData("Initial password")]
    [InlineData("initialPassword")]
    [InlineData("Hasło")]
    [InlineData("Пароль")]
    [InlineData("パスワード")]
    public void A_password_under_a_header_of_another_language_is_not_quoted_elsewhere(string header)
    {
        PlannedRow planned = ImportFixture.PlanText($"Name,Email,{header}\njane,jane@example.org;{Secret},\n").Rows.Single();
        planned.Errors.ShouldNotBeEmpty();
        planned.Errors.SelectMany(error => new[] { error.ToString(), error.Value }).ShouldAllBe(text => text == null || !text.Contains(Secret));
    }

    // They hold no password.
    [Theory]
    [InlineData("PasswordLastSet")]
    [InlineData("Password expires")]
    [InlineData("Passport")]
    public void What_is_said_of_passwords_hides_nothing(string header) =>
        ImportFixture.PlanText($"Name,Email,{header}\njane,jane@example.org;{Secret},\n").Rows.Single().Errors.ShouldContain(error => error.Message.Contains(Secret));

    // Then it is certainly no password, and whoever reads the error need not look it up.
    [Theory]
    [InlineData("Name,Email,Password,Quota,MemberOf\njane,jane@example.org,Raven-7923,5GB,nosuch", "nosuch")]
    [InlineData("Name,Email,MemberOf,Password\njane,jane@example.org,nosuch,Raven-7923", "nosuch")]
    [InlineData("Name,Email,MemberOf,Password\njane,jane@nowhere.test,,$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjlO/O817G3uBnIFNjnQJuesI68OTLiBFdcbYEdFCoEOfaS35inz1", "nowhere.test")]
    [InlineData("Name,Type,Password,Member,Quota\nteam,Group,,nosuch,5GB", "nosuch")]
    [InlineData("Name,Email,Quota\njane,jane@example.org,5 gigs", "5 gigs")]
    public void A_cell_that_cannot_be_the_password_is_quoted(string table, string quoted) =>
        ImportFixture.PlanText(table).Rows.Single().Errors.ShouldContain(error => error.Message.Contains($"'{quoted}'", StringComparison.Ordinal));

    // Then the row is as it should be from the password on, whatever is wrong in another cell.
    [Theory]
    [InlineData("Name,Email,Password,Locale,Quota\njane,jane.example,Raven-7923,en,5GB", "jane.example")]
    [InlineData("Name,Email,Password,Enabled,Quota\njane,jane@example.org,Raven-7923,perhaps,5GB", "perhaps")]
    [InlineData("Name,Email,Enabled,Quota,Password,Type\njane,jane.example,perhaps,5 gigs,Raven-7923,Individual", "jane.example", "perhaps", "5 gigs")]
    [InlineData("Name,Password,Enabled,Email\njane,Raven-7923,perhaps,jane@example.org", "perhaps")]
    [InlineData("Name,Password,Quota,Enabled\njane,Raven-7923,5 gigs,yes", "5 gigs")]
    [InlineData("Name,Type,Password,Quota,MemberOf,Email\nsales,Group,,,,sales@example.org\njane,,Raven-7923,5 gigs,sales,", "5 gigs")]
    public void A_bad_cell_of_a_row_that_is_certainly_not_shifted_is_quoted(string table, params string[] quoted)
    {
        string errors = string.Join('\n', ImportFixture.PlanText(table).Rows.SelectMany(row => row.Errors).Select(error => error.Message));
        quoted.ShouldAllBe(cell => errors.Contains($"'{cell}'", StringComparison.Ordinal), errors);
        errors.ShouldNotContain("not shown");
    }

    // What is in the password's column can be nothing else: no name, no address and no place looks so. Then no other cell is the password.
    [Theory]
    [InlineData("Name,Email,Password,Quota,Note\njane,jane@example.org,Winter2026,5 gigs,x", "5 gigs")]
    [InlineData("Name,Password,Email,MemberOf\njane,Qx7!mmpq,jane.example,nosuch", "jane.example")]
    [InlineData("Name,Email,PasswordHash,Enabled\njane,jane@example.org,$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW,perhaps", "perhaps")]
    public void Where_the_password_is_certainly_one_the_other_cells_are_quoted(string table, params string[] quoted)
    {
        string errors = string.Join('\n', ImportFixture.PlanText(table).Rows.SelectMany(row => row.Errors).Select(error => error.Message));
        quoted.ShouldAllBe(cell => errors.Contains($"'{cell}'", StringComparison.Ordinal), errors);
        errors.ShouldNotContain("not shown");
    }

    [Fact]
    public void A_cell_that_looks_like_another_password_is_not_quoted_even_then() =>
        string.Join('\n', ImportFixture.PlanText("Name,Email,Password,Quota,Note\njane,jane@example.org,Winter2026,Summer2027,x").Rows.SelectMany(row => row.Errors)).ShouldNotContain("Summer2027");

    // Another cell vouches for the rest of the row, and not for what is no address among the addresses.
    [Theory]
    [InlineData("Name,Email,Password,Type\ns1,Geheim66!,,Individual")]
    [InlineData("Name,Email,Password,Type\ns1,Geheim66!,x,Individual")]
    [InlineData("Name,Email,Password,Type,Quota\ns1,Geheim66!,s1,Individual,5GB")]
    [InlineData("Name,Type,Email,PasswordHash\ns1,Individual,Geheim66!,")]
    [InlineData("Name,Password,Email,MemberOf\nGeheim66! x,s1,x@example.org,")]
    public void What_is_not_of_the_kind_of_its_column_is_not_quoted(string table) =>
        string.Join('\n', ImportFixture.PlanText(table).Rows.SelectMany(row => row.Errors)).ShouldNotContain("geheim66", Case.Insensitive);

    // Names, places, links and phone numbers have digits and capitals, too.
    [Theory]
    [InlineData("Jane2 Doe")]
    [InlineData("https://example.org/Jane2026")]
    [InlineData("CN=Jane2026")]
    [InlineData("room-12-b-3")]
    [InlineData("+49-30-12345")]
    [InlineData("Sales2026;Berlin")]
    [InlineData("R2D2")]
    public void What_may_be_another_cell_is_no_certain_password(string password) =>
        string.Join('\n', ImportFixture.PlanText($"Name,Password,Quota,Note\njane,{password},{Secret},x").Rows.SelectMany(row => row.Errors)).ShouldNotContain(Secret);

    // What only looks in order: the end of the row has the form of its column by chance, or what is before it is not where it belongs.
    [Theory]
    [InlineData($"Name,Quota,Password,Description,Enabled,Disabled\njane,{Secret},Jane,True,False,")]
    [InlineData($"Name,Quota,Password,Description,Enabled,Disabled\njane,Doe,Jane,{Secret},True,True")]
    [InlineData($"Name,Description,Password,Quota,Type\njane,Doe, Jane,{Secret},Individual")]
    [InlineData($"Name,Password,Enabled,Quota\njane,,{Secret},1")]
    [InlineData($"Name,Password,Enabled,Quota\njane,Jane,{Secret},")]
    public void A_row_that_may_be_shifted_all_the_same_quotes_nothing(string table) =>
        string.Join('\n', ImportFixture.PlanText(table).Rows.SelectMany(row => row.Errors)).ShouldNotContain(Secret);

    // The cell is not shown, and everything else is said: what is wrong, and the line to type.
    [Theory]
    [InlineData("Name,Email,Password,shell\njane,jane@example.org,raven-7923,/sbin/nologin", "may mean that the account must not sign in", "-ColumnMap @{ 'shell' = 'Disabled' }")]
    [InlineData("Name,Email,Password,accountExpires\njane,jane@example.org,raven-7923,2130-01-01", "accounts of this server do not expire", "-ColumnMap @{ 'accountExpires' = '' }")]
    [InlineData("Name,Email,Password,accountExpires\njane,jane@example.org,raven-7923,01/02/2130", "day and month change places", "-ColumnMap @{ 'accountExpires' = '' }")]
    [InlineData("Name,Email,Password,Enabled\njane,jane@example.org,raven-7923,perhaps", "says neither yes nor no", "-ColumnMap @{ 'Enabled' = '' }")]
    [InlineData("Name,Email,Password,userAccountControl\njane,jane@example.org,raven-7923,perhaps", "is not a userAccountControl", "Write the number")]
    [InlineData("Name,Email,Password,Type\njane,jane@example.org,raven-7923,Persona", "is not a type of principal", "write one of Individual")]
    [InlineData("Name,Email,Password,Quota\njane,jane@example.org,raven-7923,1.500 MB", "is not a valid size", "write 5GB")]
    [InlineData("Name,Password,Email\njane,raven-7923,jane.example.org", "is not an e-mail address", "it has no @")]
    [InlineData("Name,Email,Password,Description\njane,jane@example.org,raven-7923,M?ller", "a letter was lost", "Write the letter again")]
    [InlineData("Name,Email,Password,MemberOf\njane,jane@example.org,raven-7923,\"CN=x,DC=y\"", "is a distinguished name", "-ColumnMap @{ 'MemberOf' = '' }")]
    public void What_is_hidden_is_the_cell_alone(string table, string reason, string advice)
    {
        RowError[] errors = [.. ImportFixture.PlanText(table).Rows.Single().Errors];
        string message = string.Join(' ', errors.Select(error => error.Message));
        message.ShouldContain(reason);
        message.ShouldContain(advice);
        message.Split("not shown").Length.ShouldBe(2, message);
        string cell = table.Split('\n')[1].Split("raven-7923,")[1].Trim('"');
        message.ShouldNotContain(cell);
        errors.ShouldAllBe(error => error.Value == null);
    }

    // Two cells that changed places: any text can be the name of a group, and some cannot well be one.
    [Theory]
    [InlineData("MemberOf")]
    [InlineData("List")]
    [InlineData("Role")]
    [InlineData("EnabledPermission")]
    [InlineData("Member")]
    [InlineData("Tenant")]
    public void A_password_among_the_names_is_shown_nowhere(string column)
    {
        foreach (string secret in new[] { "S3cretCanary!9", "S3cretCanary9", "canary$canary", "canary;S3cretCanary9" })
        {
            foreach ((string headers, string cells) in new[] { ($"Name,Email,{column},Password", $"nz5,nz5@example.org,{secret},xyz"), ($"Name,Email,Password,{column},Quota", $"nz5,nz5@example.org,xyz,{secret},5GB"), ($"Name,{column},Password,Email", $"nz5,{secret},xyz,nz5@example.org") })
            {
                string type = column == "Member" ? ",Type\n" : "\n";
                _shell.SetVariable("path", Path.Combine(_folder.FullName, "people.csv"));
                File.WriteAllText(Path.Combine(_folder.FullName, "people.csv"), $"{headers}{type}{cells}{(column == "Member" ? ",Group" : "")}\n");
                ScriptResult run = _shell.Run("Import-MailPrincipal $path");
                System.Management.Automation.ErrorRecord error = run.Errors.ShouldHaveSingleItem();
                string all = $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject} {string.Join(' ', run.OutputAs<MailImportResult>().Select(result => $"{result} {result.Error} {result.Identity} {string.Join(' ', result.Changes)} {result.Warning}"))} {((MailImportResult)error.TargetObject).Error}";
                all.ShouldNotContain("canary", Case.Insensitive, $"{headers}: {cells}");
            }
        }
    }

    [Fact]
    public void Neither_error_nor_result_nor_reason_has_it()
    {
        string file = Path.Combine(_folder.FullName, "people.csv"), failed = Path.Combine(_folder.FullName, "failed.csv");
        File.WriteAllText(file, $"Name,Description,Password,Quota\njane,Doe, Jane,{Secret}\nben,Ben,{Secret},5GB\n");
        ScriptResult run = _shell.Run($"Import-MailPrincipal '{file}' -NoAddress -FailedPath '{failed}' -Verbose");
        run.Errors.ShouldHaveSingleItem().ToString().ShouldBe("Row 2, column 'Quota': '…' is not a valid size: write 5GB, 500 MB, a number of bytes, or Unlimited. The cell is not shown, as it may be the password: compare the row with the header.");
        run.OutputAs<MailImportResult>()[0].Error!.ShouldNotContain(Secret);
        string.Join(' ', run.Errors.Select(error => $"{error} {error.ErrorDetails} {error.Exception}").Concat(run.Warnings.Select(w => w.Message)).Concat(run.Verbose.Select(v => v.ToString()))).ShouldNotContain(Secret);
        // The file has the row, so that it can be corrected; once.
        File.ReadAllText(failed).Split(Secret).Length.ShouldBe(2);
    }

    [Theory]
    [InlineData($"Name = 'jane'; Email = '{Secret}'; Password = '5GB'; Quota = ''")]
    [InlineData($"Name = 'jane'; Password = '5GB'; suspended = '{Secret}'")]
    [InlineData($"Login = 'jane'; Password = ''; Disabled = '{Secret}'")]
    public void A_piped_row_is_treated_alike(string cells)
    {
        ScriptResult run = _shell.Run($"[pscustomobject]@{{ {cells} }} | New-MailPrincipal");
        System.Management.Automation.ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        $"{error} {error.Exception} {error.TargetObject}".ShouldNotContain(Secret);
        _server.RequestLog.ShouldNotContain(line => line.StartsWith("POST /api/principal", StringComparison.Ordinal) && line.Contains("jane", StringComparison.Ordinal));
    }

    // Bound by name too, and not by the binder, whose errors quote what they do not understand.
    [Theory]
    [InlineData("Quota")]
    [InlineData("Type")]
    [InlineData("Enabled")]
    [InlineData("Email")]
    [InlineData("MemberOf")]
    [InlineData("List")]
    [InlineData("Role")]
    [InlineData("Tenant")]
    [InlineData("EnabledPermission")]
    public void A_password_under_any_header_of_a_piped_row_is_shown_nowhere(string column)
    {
        foreach (string secret in new[] { "S3cretCanary!9", "S3cretCanary9" })
        {
            foreach (string option in new[] { "", "-WhatIf", "-Identity { $_.Name }" })
            {
                ScriptResult run = _shell.Run($"[pscustomobject]@{{ Name = 'nz5'; {(column == "Email" ? "" : "Email = 'nz5@example.org'; ")}{column} = '{secret}'; Password = 'Doe-1234567' }} | New-MailPrincipal {option}");
                System.Management.Automation.ErrorRecord error = run.Errors.ShouldHaveSingleItem($"{secret} {option}");
                $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject}".ShouldNotContain("canary", Case.Insensitive);
                // Without a licence no tenant is looked for.
                error.ToString().ShouldContain(column == "Tenant" && !error.ToString().Contains("not shown", StringComparison.Ordinal) ? "Enterprise" : "not shown");
            }
        }
    }

    [Theory]
    [InlineData("-Quota '5 gigs'", "'5 gigs' is not a valid size: write 5GB")]
    [InlineData("-Quota 5", "Write the unit: '5MB'")]
    [InlineData("-Quota '5'", "Write the unit: '5MB'")]
    [InlineData("-Type Indivdual", "'Indivdual' is not a kind of principal. The kinds are Individual")]
    [InlineData("-Enabled perhaps", "[System.Boolean]' required by parameter 'Enabled'")]
    public void An_argument_is_quoted(string argument, string message)
    {
        _shell.Run($"New-MailPrincipal nz6 -NoPassword {argument}").Errors.ShouldHaveSingleItem().ToString().ShouldContain(message);
        _shell.Run($"[pscustomobject]@{{ Name = 'nz6' }} | New-MailPrincipal -NoPassword {argument}").Errors.ShouldHaveSingleItem().ToString().ShouldContain(message);
    }

    // All the rest of the row is in order.
    [Theory]
    [InlineData("S3cretCanary9,nz7@example.org,nz7")]
    [InlineData("S3cret!Canary,Nz7@example.org,nz7")]
    [InlineData("S3cret!Canary,nz7@example.org,NZ7")]
    public void A_login_that_changed_places_with_the_password_is_refused_and_not_shown(string cells)
    {
        File.WriteAllText(Path.Combine(_folder.FullName, "people.csv"), $"Name,Email,Password\n{cells}\n");
        _shell.SetVariable("path", Path.Combine(_folder.FullName, "people.csv"));
        foreach (string script in new[] { "Import-MailPrincipal $path", "Import-MailPrincipal $path -WhatIf", "[pscustomobject]@{ Name = '{0}'; Email = '{1}'; Password = '{2}' } | New-MailPrincipal" })
        {
            string[] parts = cells.Split(',');
            ScriptResult run = _shell.Run(script.Replace("{0}", parts[0], StringComparison.Ordinal).Replace("{1}", parts[1], StringComparison.Ordinal).Replace("{2}", parts[2], StringComparison.Ordinal));
            System.Management.Automation.ErrorRecord error = run.Errors.ShouldHaveSingleItem();
            error.ToString().ShouldContain("may have changed places");
            string all = $"{error} {error.Exception} {error.ErrorDetails} {error.TargetObject} {string.Join(' ', run.OutputAs<object>().OfType<MailImportResult>().Select(result => $"{result} {result.Error} {result.Identity}"))}";
            all.ShouldNotContain("canary", Case.Insensitive);
        }
    }

    [Fact]
    public void A_description_that_changed_places_with_the_password_is_refused_and_not_shown()
    {
        RowError error = ImportFixture.PlanText("Name,Email,Description,Password\nsm,sm@example.org,Spring2026!,Jane Roe").Rows.Single().Errors.ShouldHaveSingleItem();
        error.ToString().ShouldContain("may have changed places");
        error.ToString().ShouldNotContain("Spring");
        ImportFixture.PlanText("Name,Email,Description,Password\nsm,sm@example.org,Jane Roe,Spring2026!").Rows.Single().Errors.ShouldBeEmpty();
        ImportFixture.PlanText("Name,Email,Description,Password\nsm,sm@example.org,R2D2,correct horse battery").Rows.Single().Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("jane,jane@example.org,jane")]
    [InlineData("jane.doe,jdoe@example.org,jdoe")]
    [InlineData("JaneDoe,jdoe@example.org,jdoe")]
    public void A_poor_password_beside_a_plain_login_is_no_such_row(string cells) =>
        ImportFixture.PlanText($"Name,Email,Password\n{cells}\n").Rows.Single().Errors.ShouldBeEmpty();
}
