// Every parameter of every cmdlet that works on servers from 0.16 on does there what it is for, or is refused by name: none is ignored in silence.
using System.Management.Automation;
using System.Reflection;
using MailAdmin.Tests.Account;
using MailAdmin.Tests.Connection;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Objects;
using MailAdmin.Tests.Principals;
using MailAdmin.Tests.Provisioning;
using MailAdmin.Tests.Spam;
using MailAdmin.Tests.Store;

namespace MailAdmin.Tests.Conventions;

public sealed class JmapParameterTableTests
{
    // Of the pipeline, the same for all servers.
    private static readonly string[] s_general = ["Connection", "Server", "ThrottleLimit", "OutageTimeout", "WhatIf", "Confirm", .. PSCmdlet.CommonParameters];

    // They say how any server is reached, before it is known which it is.
    private static readonly string[] s_ofTheWay =
    [
        "AllowUnencryptedAuthentication", "SkipCertificateCheck", "CertificateThumbprint", "Certificate", "Proxy", "ProxyCredential", "NoProxy", "ConnectionTimeoutSeconds", "OperationTimeoutSeconds",
        "MaximumRetryCount", "RetryIntervalSec",
    ];

    // Tables without a class of tests of their own.
    private static readonly (Func<JmapParameterTable> Create, IReadOnlyList<JmapParameterUse> Uses)[] s_tables =
    [
        (static () => new ImportParameters(), ImportParameters.Uses),
        (static () => new AccountParameters(), AccountParameters.Uses),
        (static () => new SpamTrainingParameters(), SpamTrainingParameters.Uses),
        (static () => new ObjectParameters(), ObjectParameters.Uses),
        (static () => new BlobParameters(), BlobParameters.Uses),
        (static () => new ConnectionParameters(), ConnectionParameters.Uses),
    ];

    public static TheoryData<int, int, string> Uses
    {
        get
        {
            var data = new TheoryData<int, int, string>();
            foreach ((int table, (_, IReadOnlyList<JmapParameterUse> uses)) in s_tables.Index())
            {
                foreach ((int index, JmapParameterUse use) in uses.Index())
                {
                    data.Add(table, index, use.ToString());
                }
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_parameter_does_what_it_is_for_or_is_refused_by_name(int table, int index, string use)
    {
        JmapParameterUse tried = s_tables[table].Uses[index];
        use.ShouldBe(tried.ToString());
        using JmapParameterTable world = s_tables[table].Create();
        world.ShouldHold(tried);
    }

    [Fact]
    public void Every_parameter_of_every_cmdlet_that_works_is_in_a_table()
    {
        using var shell = new HostedShell();
        string[] named = [.. FindTables().SelectMany(table => table).Select(use => $"{use.Cmdlet} -{use.Parameter}").Distinct()];
        string[] parameters = [.. FamilyMap.All.Where(use => use.Support == FamilySupport.Supported).SelectMany(use => GetParameters(shell, use.Cmdlet))];
        parameters.Except(named).ShouldBeEmpty();
        named.Except(parameters).Where(parameter => !IsTestedElsewhere(parameter.Split('-')[^1])).ShouldBeEmpty();
    }

    // All that the tests hold of them, wherever they stand.
    private static IEnumerable<IEnumerable<JmapParameterUse>> FindTables() =>
        typeof(JmapParameterUse).Assembly.GetTypes().Where(type => !type.ContainsGenericParameters)
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => typeof(IEnumerable<JmapParameterUse>).IsAssignableFrom(field.FieldType))
            .Select(field => (IEnumerable<JmapParameterUse>)field.GetValue(null)!);

    private static IEnumerable<string> GetParameters(HostedShell shell, string cmdlet) =>
        shell.Run($"(Get-Command {cmdlet}).Parameters.Keys").ShouldHaveNoErrors().OutputAs<string>()
            .Where(parameter => !s_general.Contains(parameter) && !(cmdlet == "Connect-MailServer" && s_ofTheWay.Contains(parameter)) && !IsTestedElsewhere(parameter))
            .Select(parameter => $"{cmdlet} -{parameter}");

    // Tasks that end are in TaskCmdletTests, somebody who approves a device in JmapSignInTests, and a browser in BrowserCmdletTests.
    private static bool IsTestedElsewhere(string parameter) => parameter is "Wait" or "DeviceCode" or "Browser";
}
