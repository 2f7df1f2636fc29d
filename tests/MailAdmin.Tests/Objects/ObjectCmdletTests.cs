// The cmdlets for objects against the sandbox: what they show, what they send, and what they never send.
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Cmdlets.Setting;
using MailAdmin.PowerShell.Module;
using MailAdmin.Sandbox;
using MailAdmin.Tests.Bodies;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Objects;

public sealed class ObjectCmdletTests : IDisposable
{
    private readonly SandboxServer _server = new(new SandboxOptions { ServerVersion = "0.16", AdminPassword = HostedShell.SandboxPassword });
    private readonly CallRecorder _recorder;
    private readonly HostedShell _shell = new();

    public ObjectCmdletTests()
    {
        _recorder = new CallRecorder(_server);
        var options = new MailClientOptions
        {
            BaseUri = new Uri("https://sandbox.example.org"),
            RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
            Transport = _recorder.CreateHandler,
            Time = _server.Clock,
        };
        _shell.Connect(MailClient.ConnectAsync(options, MailCredential.FromPassword("admin", HostedShell.SandboxPassword), CancellationToken.None).GetAwaiter().GetResult());
    }

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Types_are_those_of_the_server_and_the_schema_is_read_once()
    {
        int before = SchemaReads;
        MailObjectType[] types = _shell.Run("Get-MailObjectType").ShouldHaveNoErrors().OutputAs<MailObjectType>();
        types.Length.ShouldBe(117);
        types.Count(type => type.IsSingleton).ShouldBe(58);
        MailObjectType http = _shell.Run("Get-MailObjectType http").ShouldHaveNoErrors().OutputAs<MailObjectType>().Single();
        http.Reload.ShouldBe("ReloadSettings");
        http.Property.Single(property => property.Name == "rateLimitAnonymous").Kind.ShouldBe("Object Rate");
        MailObjectType route = types.Single(type => type.Name == "MtaRoute");
        route.Variant.ShouldBe(["Mx", "Relay", "Local"]);
        route.Property.Single(property => property.Name == "address").Variant.ShouldBe(["Relay"]);
        types.Single(type => type.Name == "NetworkListener").Property.Single(property => property.Name == "protocol").Word.ShouldContain("manageSieve");
        _shell.Run("Get-MailObjectType Rate").ShouldHaveNoErrors().OutputAs<MailObjectType>().Single().IsReadable.ShouldBeFalse();
        _shell.Run("(Get-MailObjectType Mta*).Count").ShouldHaveNoErrors().OutputAs<int>().Single().ShouldBe(types.Count(type => type.Name.StartsWith("Mta", StringComparison.Ordinal)));
        _shell.Run("Get-MailObjectType Htp").Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("Is Http meant?");
        types.Select(type => type.Cmdlet).OfType<string>().Except(_shell.Run("(Get-Module MailAdmin).ExportedCmdlets.Keys").OutputAs<string>()).ShouldBeEmpty();
        (SchemaReads - before).ShouldBe(1);
    }

    [Fact]
    public void A_connection_reads_no_schema_until_objects_are_asked_for()
    {
        _shell.Run("Get-MailPrincipal -Type Group").ShouldHaveNoErrors();
        SchemaReads.ShouldBe(0);
    }

    [Fact]
    public void Values_are_what_scripts_compute_with()
    {
        Get("(Get-MailObject Http).RateLimitAuthenticated.count").ShouldBe(1000L);
        Get("(Get-MailObject Http).RateLimitAuthenticated.period").ShouldBe(TimeSpan.FromMinutes(1));
        Get("(Get-MailObject Cache).accessTokens").ShouldBeOfType<long>();
        Get("(Get-MailObject MtaRoute -Filter @{ '@type' = 'Local' }).name").ShouldBe("local");
        Get("(Get-MailObject Account -Filter @{ name = 'jane.doe' }).createdAt").ShouldBeOfType<DateTimeOffset>();
        Get("(Get-MailObject Account -Filter @{ name = 'jane.doe' }).credentials[0].secret.ToString()").ShouldBe("(hidden)");
        Get("(Get-MailObject Http).Type").ShouldBe("Http");
        Get("(Get-MailObject Http).Id").ShouldBe("singleton");
        Get("(Get-MailObject Http).Server").ShouldBe("test");
        _shell.Render("Get-MailObject Http").ShouldContain("redirectRoot");
        _shell.Render("Get-MailObject Account -Filter @{ name = 'jane.doe' }").ShouldNotContain("****");
    }

    [Fact]
    public void Objects_are_found_by_ids_filters_and_wildcards()
    {
        _shell.Run("$domain = (Get-MailObject Domain -Filter @{ name = 'EXAMPLE.org' }).Id").ShouldHaveNoErrors();
        Get("(Get-MailObject Domain $domain -Property name).name").ShouldBe("example.org");
        Get("(Get-MailObject Domain $domain -Property NAME).PSObject.Properties.Name -contains 'description'").ShouldBe(false);
        Get("@(Get-MailObject Account -Filter @{ domainId = $domain; name = 'jane*' }).Count").ShouldBe(1);
        Get("@(Get-MailObject Account -Filter @{ domainId = $domain } -First 3 -Skip 1).Count").ShouldBe(3);
        Get("@(Get-MailObject Account -Filter @{ description = $null }).Count").ShouldBe(Get("@(Get-MailObject Account | Where-Object { $null -eq $_.description }).Count"));
        Get("@(Get-MailObject Account -Filter @{ '@type' = 'group' }).Count -gt 0").ShouldBe(true);
        Get("@(Get-MailObject Mta*, Http | ForEach-Object Type).Count -gt 10").ShouldBe(true);
        Get("(Get-MailObject Http | Get-MailObject).Type").ShouldBe("Http");
        Error("Get-MailObject Domain zzzzzz").FullyQualifiedErrorId.ShouldStartWith("NotFound,");
        Error("Get-MailObject Domain 'example.org'").Exception.Message.ShouldContain("is not an id");
        Error("Get-MailObject Domain ''").ShouldNotBeNull();
        Error("Get-MailObject Http -Property enableHstss").Exception.Message.ShouldContain("Is enableHsts meant?");
        Error("Get-MailObject Http -Filter @{ nothing = 1 }").Exception.Message.ShouldContain("has no property 'nothing'");
        Error("Get-MailObject Mt* -Id b").Exception.Message.ShouldContain("-Id is for one type");
    }

    [Fact]
    public void A_change_is_in_force_by_one_reload_at_the_end()
    {
        int before = Count("x:Action/set");
        _shell.Run("'Http', 'Jmap' | Set-MailObject -Property @{ '@type' = $null }").ShouldHaveNoErrors();
        Count("x:Action/set").ShouldBe(before);
        MailObject[] changed = _shell.Run("Set-MailObject Jmap -Property @{ getMaxResults = 400 } -PassThru; 'a.test', 'b.test' | ForEach-Object { @{ namespace = 'blocked'; key = $_; isGlobPattern = $false } } | New-MailObject MemoryLookupKey")
            .ShouldHaveNoErrors().OutputAs<MailObject>();
        changed.Select(item => item.Type).ShouldBe(["Jmap", "MemoryLookupKey", "MemoryLookupKey"]);
        (Count("x:Action/set") - before).ShouldBe(2);
        _shell.Run("Get-MailObject MemoryLookupKey -Filter @{ key = '?.test' } | Remove-MailObject -Force").ShouldHaveNoErrors();
        (Count("x:Action/set") - before).ShouldBe(3);
        Get("@(Get-MailObject MemoryLookupKey -Filter @{ key = '?.test' }).Count").ShouldBe(0);
        _shell.Run("Set-MailObject Jmap -Property @{ getMaxResults = 401 } -NoReload").ShouldHaveNoErrors();
        _shell.Run("Set-MailObject Jmap -Property @{ getMaxResults = 401 }").ShouldHaveNoErrors();
        (Count("x:Action/set") - before).ShouldBe(3);
        Get("(Get-MailObject Jmap).getMaxResults").ShouldBe(401L);
    }

    [Theory]
    [InlineData("'Http', 'Jmap' | Set-MailObject -Property @{ enableHsts = $true } -ErrorAction Stop")]
    [InlineData("do { 'Http', 'Jmap' | Set-MailObject -Property @{ enableHsts = $true } -PassThru | ForEach-Object { break } } while ($false)")]
    public void What_was_written_is_in_force_also_where_the_pipeline_ends_early(string script)
    {
        int before = Count("x:Action/set");
        _shell.Run(script);
        Get("(Get-MailObject Http).enableHsts").ShouldBe(true);
        (Count("x:Action/set") - before).ShouldBe(1);
    }

    [Fact]
    public void What_a_reload_finds_is_said_with_its_object()
    {
        _shell.Run("Set-MailObject SpamPyzor -Property @{ enable = $true } -NoReload").ShouldHaveNoErrors();
        ErrorRecord error = Error("Set-MailObject Http -Property @{ enableHsts = $true }");
        error.FullyQualifiedErrorId.ShouldStartWith("ReloadFailed,");
        error.ErrorDetails.Message.ShouldContain("The changes of Http are written, but not in force. SpamPyzor has an error");
        error.ErrorDetails.RecommendedAction.ShouldContain("Get-MailObject SpamPyzor");
        Get("(Get-MailObject Http).enableHsts").ShouldBe(true);
    }

    [Fact]
    public void What_needs_a_restart_says_so()
    {
        ScriptResult made = _shell.Run("New-MailObject NetworkListener @{ name = 'smtp-test'; bind = '127.0.0.1:2599'; protocol = 'smtp' }").ShouldHaveNoErrors();
        made.Warnings.ShouldHaveSingleItem().Message.ShouldContain("started again");
        Get("(Get-MailObject NetworkListener -Filter @{ name = 'smtp-test' }).bind").ShouldBe("127.0.0.1:2599");
    }

    [Fact]
    public void WhatIf_says_before_and_after_and_sends_no_write()
    {
        int before = Writes;
        _shell.Run("Set-MailObject Http -Property @{ rateLimitAuthenticated = @{ count = 5 }; enableHsts = $true } -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("rateLimitAuthenticated/count: 1000 → 5");
        _shell.HostText.ShouldContain("enableHsts: false → true");
        _shell.Run("New-MailObject BlockedIp @{ address = '192.0.2.1' } -WhatIf; Get-MailObject MtaRoute | Remove-MailObject -WhatIf").ShouldHaveNoErrors();
        _shell.HostText.ShouldContain("MtaRoute 'mx'");
        Error("Set-MailObject Http -Property @{ enableHsts = 'perhaps' } -WhatIf").Exception.Message.ShouldContain("enableHsts");
        Error("New-MailObject BlockedIp @{ } -WhatIf").Exception.Message.ShouldContain("address");
        Error("Remove-MailObject Http -WhatIf").Exception.Message.ShouldContain("cannot be removed");
        Error("New-MailObject Http @{ enableHsts = $true } -WhatIf").Exception.Message.ShouldContain("Set-MailObject Http");
        Writes.ShouldBe(before);
    }

    [Theory]
    [InlineData("Set-MailObject Http -Property @{ enableHstss = $true }", "enableHsts meant")]
    [InlineData("Set-MailObject MtaRoute -Property @{ name = 'x' }", "-Id")]
    [InlineData("Set-MailObject Mta* -Property @{ name = 'x' }", "wildcard")]
    [InlineData("Set-MailObject Rate -Property @{ count = 1 }", "inside of others")]
    [InlineData("Get-MailObject Account -Filter @{ name = 'jane.doe' } | Set-MailObject -Property @{ credentials = @{ secret = 'x' } }", "Set-MailPrincipal -Password")]
    [InlineData("$c = Get-MailObject Account -Filter @{ name = 'jane.doe' }; New-MailObject OAuthClient @{ clientId = 'a'; secret = $c.credentials[0].secret }", "hidden")]
    [InlineData("New-MailObject OAuthClient @{ clientId = 'a'; secret = '****' }", "hidden")]
    [InlineData("Remove-MailObject Http -Force", "cannot be removed")]
    [InlineData("Remove-MailObject Domain '' -Force", "")]
    [InlineData("Get-MailObject Domain -Filter @{ name = 'example.org' } | Set-MailObject -Property @{ dnsZoneFile = 'x' }", "Only the server sets")]
    public void What_must_not_be_sent_is_refused_by_its_name(string script, string reason)
    {
        int before = Writes;
        Error(script).Exception.Message.ShouldContain(reason);
        Writes.ShouldBe(before);
    }

    [Fact]
    public void What_is_referred_to_is_not_removed_and_the_others_are_named()
    {
        ErrorRecord error = Error("Get-MailObject Domain -Filter @{ name = 'example.org' } | Remove-MailObject -Force");
        error.FullyQualifiedErrorId.ShouldStartWith("InUse,");
        error.Exception.Message.ShouldContain("Removing Domain 'example.org'");
        error.Exception.Message.ShouldContain("@example.org'");
        ErrorRecord taken = Error("New-MailObject BlockedIp @{ address = '192.0.2.7' } | Out-Null; New-MailObject BlockedIp @{ address = '192.0.2.7' }");
        taken.FullyQualifiedErrorId.ShouldStartWith("AlreadyExists,");
        taken.Exception.Message.ShouldContain("BlockedIp '192.0.2.7'");
    }

    [Fact]
    public void One_bad_row_does_not_end_the_others()
    {
        ScriptResult run = _shell.Run("'192.0.2.1', 'nothing', '192.0.2.2' | ForEach-Object { [pscustomobject]@{ address = $_ } } | New-MailObject BlockedIp");
        run.Errors.ShouldHaveSingleItem().Exception.Message.ShouldContain("'nothing'");
        run.Output.Count.ShouldBe(2);
        Get("(Get-MailObject Account -First 1).Type").ShouldBe("Account");
    }

    [Fact]
    public void A_secret_is_taken_as_a_SecureString_and_shown_nowhere()
    {
        _shell.SetVariable("secret", new System.Net.NetworkCredential("", "walks along a made-up road").SecurePassword);
        ScriptResult made = _shell.Run("New-MailObject OAuthClient @{ clientId = 'app-1'; secret = $secret } -Verbose").ShouldHaveNoErrors();
        Get("(Get-MailObject OAuthClient -Filter @{ clientId = 'app-1' }).secret.ToString()").ShouldBe("(hidden)");
        _shell.Run("Get-MailObject OAuthClient -Filter @{ clientId = 'app-1' } | Set-MailObject -Property @{ secret = $secret } -WhatIf").ShouldHaveNoErrors();
        (_shell.HostText + string.Join(' ', made.Output)).ShouldNotContain("made-up");
    }

    [Fact]
    public void An_older_server_is_refused_by_name()
    {
        var older = new SandboxServer(new SandboxOptions { AdminPassword = HostedShell.SandboxPassword });
        _shell.Connect(older);
        int before = older.RequestCount;
        foreach (string script in new[] { "Get-MailObject Http", "Get-MailObjectType", "New-MailObject BlockedIp @{ address = '192.0.2.1' }", "Set-MailObject Http -Property @{ enableHsts = $true }", "Remove-MailObject BlockedIp b -Force" })
        {
            ErrorRecord error = Error(script);
            error.FullyQualifiedErrorId.ShouldStartWith("Unsupported,");
            error.Exception.Message.ShouldStartWith($"{script.Split(' ')[0]} works only with servers from 0.16 on");
            error.Exception.Message.ShouldContain("MailSetting");
        }
        older.RequestCount.ShouldBe(before);
    }

    [Fact]
    public void Settings_name_the_object_that_answers_the_question()
    {
        Error("Get-MailSetting -Prefix server.listener").Exception.Message.ShouldEndWith("Use Get-MailObject NetworkListener; (Get-MailObjectType NetworkListener).Property lists its properties.");
        Error("Get-MailSetting session.rcpt.max-recipients").Exception.Message.ShouldContain("Get-MailObject MtaStageRcpt;");
        Error("Set-MailSetting queue.quota.a.messages 5").Exception.Message.ShouldContain("Set-MailObject MtaQueueQuota;");
        Error("Remove-MailSetting nothing.known -Force").Exception.Message.ShouldContain("Use Remove-MailObject; Get-MailObjectType lists what there is.");
        Error("Get-MailSetting").Exception.Message.ShouldContain("Use Get-MailObject;");
        SettingObjects.Types.Except(SandboxSchema.Value.Types.Select(type => type.Name)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("Get-MailObject MtaR", "MtaRoute")]
    [InlineData("Get-MailObjectType Ht", "Http")]
    [InlineData("Get-MailObject Http -Property enab", "enableHsts")]
    [InlineData("Set-MailObject Http -Property enab", "@{ enableHsts = $true }")]
    [InlineData("New-MailObject NetworkListener -Property prot", "@{ protocol = 'imap' }")]
    public void Types_properties_and_words_are_completed(string line, string expected)
    {
        _shell.SetVariable("line", line);
        _shell.Run("(TabExpansion2 $line $line.Length).CompletionMatches.CompletionText").ShouldHaveNoErrors().OutputAs<string>().ShouldContain(expected);
    }

    [Fact]
    public void Ids_are_completed_with_names()
    {
        _shell.Run("$line = 'Remove-MailObject MtaRoute '; $found = (TabExpansion2 $line $line.Length).CompletionMatches").ShouldHaveNoErrors();
        Get("@($found.ToolTip -match \"MtaRoute 'mx'\").Count").ShouldBe(1);
        Get("$found[0].CompletionText -in (Get-MailObject MtaRoute).Id").ShouldBe(true);
    }

    private int SchemaReads => _recorder.Calls.Count(call => call.Target.StartsWith("/api/schema/", StringComparison.Ordinal));

    private int Writes => Count("/set\"");

    private int Count(string method) => _recorder.Calls.Count(call => call.Text.Contains(method, StringComparison.Ordinal));

    private object? Get(string script) => _shell.Run(script).ShouldHaveNoErrors().Output.Single()?.BaseObject;

    private ErrorRecord Error(string script) => _shell.Run(script).Errors.ShouldHaveSingleItem();
}
