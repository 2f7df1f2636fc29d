// The principal cmdlets against the sandbox: what they do, and what the server is asked to.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalCmdletTests : IDisposable
{
    private readonly SandboxServer _server = HostedShell.CreateServer();
    private readonly HostedShell _shell;

    public PrincipalCmdletTests()
    {
        _shell = HostedShell.CreateConnected(_server);
        _shell.Run("""
            'staff', 'sales' | ForEach-Object { New-MailPrincipal $_ -Type Group -Email "$_@example.org" }
            New-MailPrincipal news -Type List -Email news@example.org
            New-MailPrincipal helpdesk -Type Role -EnabledPermission authenticate
            New-MailPrincipal jane -NoPassword -Description 'Jane Doe' -Email jane@example.org, jd@example.org -MemberOf staff -List news -Quota 1GB
            New-MailPrincipal john -NoPassword -Email john@example.org
            """).ShouldHaveNoErrors();
    }

    public void Dispose() => _shell.Dispose();

    private MailPrincipal Get(string name) => _shell.Run($"Get-MailPrincipal '{name}'").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();

    [Theory]
    [InlineData("Get-MailPrincipal 'x[1]'", "x[1]")]
    [InlineData("Get-MailPrincipal 'x`[1`]'", "x[1]")]
    [InlineData("Get-MailPrincipal 'y[12]'", "y1")]
    [InlineData("Get-MailPrincipal 'X[1]' -Type Group", "x[1]")]
    [InlineData("Set-MailPrincipal 'x`[1`]' -Description d -PassThru", "x[1]")]
    [InlineData("Set-MailPrincipal 'x[1]' -Description d -PassThru", "x[1]")]
    public void A_name_with_brackets_is_found(string script, string name)
    {
        _shell.Run("'x[1]', 'x1', 'y1' | ForEach-Object { New-MailPrincipal -Identity $_ -Type Group }").ShouldHaveNoErrors();
        _shell.Run($"({script}).Name").ShouldHaveNoErrors().OutputAs<string>().ShouldBe([name]);
    }

    [Theory]
    [InlineData("Get-MailPrincipal 'nobody[1]'", 1)]
    [InlineData("Get-MailPrincipal 'nobody`[1`]'", 1)]
    [InlineData("Get-MailPrincipal 'jane.do[e]' -Type Group", 1)]
    [InlineData("Get-MailPrincipal 'nobody*'", 0)]
    [InlineData("Get-MailPrincipal 'nobody[1]*'", 0)]
    public void A_pattern_of_brackets_alone_that_matches_nothing_says_so(string script, int errors)
    {
        ScriptResult run = _shell.Run(script);
        run.Errors.Count(error => error.FullyQualifiedErrorId.StartsWith("NotFound,", StringComparison.Ordinal)).ShouldBe(errors);
        run.Errors.Count.ShouldBe(errors);
    }

    [Fact]
    public void Get_finds_by_name_address_type_domain_text_and_wildcard()
    {
        Get("JANE").Name.ShouldBe("jane");
        Get("jd@example.org").Name.ShouldBe("jane");
        Names("Get-MailPrincipal -Type Group").ShouldBe(["sales", "staff"]);
        Names("Get-MailPrincipal | Where-Object { $_.Type -eq 'group' }").ShouldBe(["sales", "staff"]);
        Names("Get-MailPrincipal j*").ShouldBe(["jane", "john"]);
        Names("Get-MailPrincipal j* -Property Name").ShouldBe(["jane", "john"]);
        Names("Get-MailPrincipal -Text doe").ShouldBe(["jane"]);
        Names("Get-MailPrincipal -Domain EXAMPLE.org -Type Individual").ShouldBe(["jane", "john"]);
        Names("Get-MailPrincipal -Type Individual -First 1 -Skip 1").ShouldBe(["john"]);
    }

    [Fact]
    public void Get_warns_of_a_domain_that_the_server_does_not_have_where_nothing_is_found()
    {
        Warnings("Get-MailPrincipal -Domain nosuch.example").ShouldHaveSingleItem().ShouldContain("The server has no domain 'nosuch.example'");
        Warnings("Get-MailPrincipal -Domain jane").ShouldHaveSingleItem();
        Warnings("Get-MailPrincipal -Domain example.org").ShouldBeEmpty();
        Warnings("Get-MailPrincipal -Domain example.org -Type Role").ShouldBeEmpty();
        Warnings("Get-MailPrincipal -Domain example.org -Skip 1000").ShouldBeEmpty();

        string[] Warnings(string script) => [.. _shell.Run(script).ShouldHaveNoErrors().Warnings.Select(warning => warning.Message)];
    }

    [Fact]
    public void Get_counts_when_asked()
    {
        IReadOnlyList<PSObject> output = _shell.Run("Get-MailPrincipal -Type Individual -First 1 -IncludeTotalCount").ShouldHaveNoErrors().Output;
        output.Count.ShouldBe(2);
        Convert.ToInt32(output[0].BaseObject, null).ShouldBe(2);
    }

    [Fact]
    public void A_listing_that_is_written_into_meanwhile_says_so()
    {
        _shell.Run("0..99 | ForEach-Object { [pscustomobject]@{ Name = \"user$_\" } } | New-MailPrincipal -NoPassword").ShouldHaveNoErrors();
        ScriptResult run = _shell.Run("Get-MailPrincipal -Type Individual | Remove-MailPrincipal -Force -ThrottleLimit 1");
        run.Errors.ShouldBeEmpty();
        run.Warnings.ShouldHaveSingleItem().Message.ShouldContain("went from 102 to");
        _shell.Run("$all = @(Get-MailPrincipal -Type Individual); $all | Remove-MailPrincipal -Force").ShouldHaveNoErrors().Warnings.ShouldBeEmpty();
        Names("Get-MailPrincipal -Type Individual").ShouldBeEmpty();
    }

    [Fact]
    public void Get_says_which_name_is_missing_and_goes_on()
    {
        ScriptResult run = _shell.Run("'jane', 'nobody', 'john' | Get-MailPrincipal");
        run.OutputAs<MailPrincipal>().Select(p => p.Name).ShouldBe(["jane", "john"]);
        ErrorRecord error = run.Errors.ShouldHaveSingleItem();
        error.FullyQualifiedErrorId.ShouldStartWith("NotFound");
        error.TargetObject.ShouldBe("nobody");
        error.CategoryInfo.Category.ShouldBe(ErrorCategory.ObjectNotFound);
    }

    [Fact]
    public void Property_fetches_only_what_was_asked_for()
    {
        MailPrincipal jane = _shell.Run("Get-MailPrincipal -Text jane -Property Email").ShouldHaveNoErrors().OutputAs<MailPrincipal>().Single();
        (jane.Name, jane.PrimaryEmail, jane.Quota).ShouldBe(("jane", "jane@example.org", null));
    }

    [Fact]
    public void Setting_roles_leaves_groups_and_lists_alone()
    {
        _shell.Run("Set-MailPrincipal jane -Role user, helpdesk").ShouldHaveNoErrors();
        MailPrincipal jane = Get("jane");
        (jane.Role!.Order().ToArray(), jane.MemberOf!.ToString(), jane.List!.ToString()).ShouldSatisfyAllConditions(
            t => t.Item1.ShouldBe(["helpdesk", "user"]), t => t.Item2.ShouldBe("staff"), t => t.Item3.ShouldBe("news"));
        _shell.Run("Set-MailPrincipal jane -MemberOf sales; Set-MailPrincipal jane -Clear List").ShouldHaveNoErrors();
        jane = Get("jane");
        (jane.Role!.Count, jane.MemberOf!.ToString(), jane.List!.ToString()).ShouldBe((2, "sales", ""));
    }

    [Fact]
    public void Set_changes_every_kind_of_field_in_one_call()
    {
        int patches = _server.RequestLog.Count(l => l.StartsWith("PATCH", StringComparison.Ordinal));
        _shell.Run("Set-MailPrincipal jane -NewName jane.doe -Description 'J. Doe' -AddEmail jane.doe@example.org -RemoveEmail jd@example.org -PrimaryEmail jane.doe@example.org -AddMemberOf sales -Url https://example.org/jane -Clear Quota -AddDisabledPermission email-send").ShouldHaveNoErrors();
        MailPrincipal jane = Get("jane.doe");
        jane.Email.ShouldBe(["jane.doe@example.org", "jane@example.org"]);
        jane.MemberOf!.Order().ShouldBe(["sales", "staff"]);
        (jane.Description, jane.Quota, jane.Url!.ToString(), jane.DisabledPermission!.ToString()).ShouldBe(("J. Doe", 0L, "https://example.org/jane", "email-send"));
        (_server.RequestLog.Count(l => l.StartsWith("PATCH", StringComparison.Ordinal)) - patches).ShouldBe(1);
    }

    [Fact]
    public void Set_refuses_what_contradicts_itself_before_anything_is_sent()
    {
        int before = _server.RequestCount;
        ScriptResult run = _shell.Run("'jane', 'john' | Set-MailPrincipal -Email a@example.org -AddEmail b@example.org");
        // One error for two objects: refused before the pipeline's first.
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain("-AddEmail");
        _server.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void A_new_password_replaces_the_old_one()
    {
        _shell.Run("""
            $secure = [System.Net.NetworkCredential]::new('', 'first one').SecurePassword
            Set-MailPrincipal jane -Password $secure
            $secure = [System.Net.NetworkCredential]::new('', 'second one').SecurePassword
            Set-MailPrincipal jane -Password $secure
            """).ShouldHaveNoErrors();
        Get("jane").PasswordCount.ShouldBe(1);
        using var asJane = HostedShell.CreateConnected(_server, "jane", "second one");
        Should.Throw<MailAdmin.Client.MailServerException>(() => HostedShell.CreateConnected(_server, "jane", "first one"))
            .Code.ShouldBe(MailErrorCode.Unauthorized);
    }

    [Fact]
    public void A_generated_password_is_returned_once_and_signs_in()
    {
        PSObject output = _shell.Run("New-MailPrincipal ann -GeneratePassword").ShouldHaveNoErrors().Output.Single();
        var credential = (PSCredential)output.Properties["Credential"].Value;
        using var asAnn = HostedShell.CreateConnected(_server, credential.UserName, credential.GetNetworkCredential().Password);
    }

    [Fact]
    public async Task An_API_key_is_shown_once_and_works()
    {
        PSObject output = _shell.Run("New-MailPrincipal robot -Type ApiKey -Role admin").ShouldHaveNoErrors().Output.Single();
        string key = new System.Net.NetworkCredential("", (System.Security.SecureString)output.Properties["ApiKey"].Value).Password;
        key.ShouldStartWith("api_");
        var request = new HttpRequestMessage(HttpMethod.Get, "https://sandbox.example.org/api/principal?limit=1");
        request.Headers.Authorization = new("Bearer", key);
        using var http = new HttpClient(_server.CreateHandler());
        using HttpResponseMessage answer = await http.SendAsync(request);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.OK);
    }

    [Fact]
    public void Disable_and_Enable_take_and_give_the_sign_in()
    {
        _shell.Run("Disable-MailPrincipal jane@example.org, john -PassThru").ShouldHaveNoErrors().OutputAs<MailPrincipal>().ShouldAllBe(p => p.Enabled == false);
        _shell.Run("Get-MailPrincipal j* | Enable-MailPrincipal").ShouldHaveNoErrors();
        Get("jane").Enabled.ShouldBe(true);
    }

    [Fact]
    public void Remove_says_what_is_missing_and_removes_the_rest()
    {
        ScriptResult run = _shell.Run("'jane', 'nobody', 'john' | Remove-MailPrincipal -Force");
        run.Errors.ShouldHaveSingleItem().TargetObject.ShouldBe("nobody");
        Names("Get-MailPrincipal -Type Individual").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("New-MailPrincipal ann -NoPassword -Email no-at-sign", "no-at-sign")]
    [InlineData("New-MailPrincipal ann -NoPassword -Email a@example.org, A@example.org", "a@example.org")]
    [InlineData("New-MailPrincipal ann", "password")]
    [InlineData("New-MailPrincipal ' ' -NoPassword", "name")]
    [InlineData("New-MailPrincipal r -Type Role -EnabledPermission fly", "fly")]
    [InlineData("New-MailPrincipal ann -PasswordHash hunter2", "PasswordHash")]
    [InlineData("Set-MailPrincipal jane -NewName ' '", "name")]
    [InlineData("Set-MailPrincipal jane -AddEmail nowhere", "nowhere")]
    public void What_the_server_would_take_and_someone_regret_is_refused_before_it_is_sent(string script, string named)
    {
        string[] before = Writes();
        ScriptResult run = _shell.Run(script);
        run.Errors.ShouldHaveSingleItem().ToString().ShouldContain(named, Case.Insensitive);
        Writes().ShouldBe(before);

        string[] Writes() => [.. _server.RequestLog.Where(l => l.StartsWith("POST /api/principal", StringComparison.Ordinal) || l.StartsWith("PATCH", StringComparison.Ordinal))];
    }

    [Fact]
    public void Granting_a_view_of_all_secrets_warns()
        => _shell.Run("New-MailPrincipal nosy -Type Role -EnabledPermission individual-get").ShouldHaveNoErrors().Warnings.ShouldHaveSingleItem().Message.ShouldContain("individual-get");

    [Fact]
    public void The_view_is_a_table_with_readable_sizes()
    {
        string table = _shell.Render("Get-MailPrincipal jane, john");
        table.ShouldContain("PrimaryEmail");
        table.ShouldContain("1 GB");
        table.ShouldContain("jane@example.org");
        table.ShouldContain("staff");
    }

    [Fact]
    public void Views_print_no_secret()
    {
        _shell.Run("[pscustomobject]@{ Name = 'ann'; Password = 'hunter2-secret' } | New-MailPrincipal -HashAlgorithm None").ShouldHaveNoErrors();
        PSObject ann = _shell.Run("Get-MailPrincipal ann").ShouldHaveNoErrors().Output.Single();
        string everything = string.Join('\n', ann.Properties.Select(p => $"{p.Name} {p.Value}"));
        everything.ShouldContain("PlainText");
        everything.ShouldNotContain("hunter2-secret");
        _shell.Render("Get-MailPrincipal ann").ShouldContain("Individual");
    }

    private string[] Names(string script) => [.. _shell.Run(script).ShouldHaveNoErrors().OutputAs<MailPrincipal>().Select(p => p.Name)];
}
