// .NET takes 010.1.1.1 for 8.1.1.1, and 10 for 0.0.0.10: the server takes neither, and nobody means that.
using MailAdmin.Client;
using MailAdmin.Client.Api.Objects;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Cmdlets.Message;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Tests.Objects;
using ServerText = MailAdmin.Sandbox.Values.IpText;

namespace MailAdmin.Tests.Values;

public sealed class IpTextTests
{
    private static readonly string[] s_shortened =
    [
        "010.1.1.1", "10", "10.0.0", "10.1", "0x7f.1", "0x7f.0.0.1", "127.0.0.01", "00.0.0.0", "1.2.3.4.5", "1.2.3.256", "1.2.3.", ".1.2.3", "1..2.3", "+1.2.3.4", "1.2.3.4a", "4294967295", "", ".",
        "::ffff:010.0.0.1", "::ffff:10.1", "fe80::1%1", "[::1]:25", "::1::", "1.2.3.4:25", "::12345", "١.٢.٣.٤",
    ];

    private static readonly string[] s_addresses = ["10.0.0.1", "0.0.0.0", "255.255.255.255", "127.0.0.1", "::", "::1", "2001:db8::10", "2001:DB8:0:0:0:0:0:1", "::ffff:10.0.0.1", "fe80::1"];

    public static TheoryData<string> Shortened => [.. s_shortened];

    public static TheoryData<string> Addresses => [.. s_addresses];

    private static readonly ObjectSchema s_schema = SandboxSchema.Value;

    [Theory]
    [MemberData(nameof(Shortened))]
    public void What_is_not_written_out_is_no_address(string text)
    {
        IpText.FindAddress(text).ShouldBeNull();
        ServerText.FindAddress(text).ShouldBeNull();
        foreach (string network in (string[])[text, $"{text}/8", $"{text}/24"])
        {
            IpText.IsNetwork(network).ShouldBeFalse(network);
            ServerText.TidyNetwork(network).ShouldBeNull(network);
        }
        IpText.IsSocket($"{text}:25").ShouldBeFalse();
        IpText.IsSocket($"[{text}]:25").ShouldBeFalse();
        new PlainValues(RegistrySchema.Default, _ => null).Read(new PropertyType { Kind = PropertyKind.SocketAddress }, $"{text}:25").ShouldBeNull();
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public void An_address_written_out_is_one(string text)
    {
        IpText.FindAddress(text).ShouldNotBeNull();
        ServerText.FindAddress(text).ShouldNotBeNull();
        foreach (string network in (string[])[text, $"{text}/8", $"{text}/32"])
        {
            IpText.IsNetwork(network).ShouldBeTrue(network);
            ServerText.TidyNetwork(network).ShouldNotBeNull(network);
        }
        IpText.IsSocket(text.Contains(':', StringComparison.Ordinal) ? $"[{text}]:25" : $"{text}:25").ShouldBeTrue();
    }

    // The server takes no network of more addresses than /8.
    [Theory]
    [InlineData("10.0.0.0/7", false)]
    [InlineData("0.0.0.0/0", false)]
    [InlineData("10.0.0.0/33", false)]
    [InlineData("10.0.0.0/", false)]
    [InlineData("10.0.0.0/255.0.0.0", false)]
    [InlineData("10.0.0.0/8/8", false)]
    [InlineData("::/8", true)]
    [InlineData("::/128", true)]
    [InlineData("::/129", false)]
    public void A_network_has_a_length_that_the_server_takes(string text, bool isOne)
    {
        IpText.IsNetwork(text).ShouldBe(isOne);
        (ServerText.TidyNetwork(text) is not null).ShouldBe(isOne);
    }

    [Fact]
    public void No_property_takes_what_is_not_written_out()
    {
        (PropertySchema Property, string Shape)[] all = [.. s_schema.Types.Select(type => type.Shape).Concat(s_schema.Shapes)
            .SelectMany(shape => shape.Properties.Where(property => GetFormat(property.Type) is not null).Select(property => (property, shape.Name)))];
        all.Length.ShouldBeGreaterThan(5);
        foreach ((PropertySchema property, string shape) in all)
        {
            foreach (string text in s_shortened.Where(text => text.Length > 0))
            {
                string value = GetFormat(property.Type) == "socketAddress" ? $"{text}:25" : text;
                Should.Throw<MailServerException>(() => new ObjectWriter(s_schema).Write(property.Type, value, property.Name), $"{shape}.{property.Name} = {value}").Message.ShouldContain(value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Shortened))]
    public void No_parameter_takes_it(string text)
    {
        Should.Throw<System.Management.Automation.ArgumentTransformationMetadataException>(() => new IpNetworkArgumentAttribute().Transform(null!, text)).Message.ShouldContain($"'{text}'");
        if (!text.StartsWith('[') && !text.Contains('%', StringComparison.Ordinal) && text.Length > 0)
        {
            Should.Throw<Exception>(() => new IpAddressArgumentAttribute().Transform(null!, text)).Message.ShouldContain(text);
        }
    }

    private static string? GetFormat(ObjectValueType type) => type.Format is "ipAddress" or "ipNetwork" or "socketAddress" ? type.Format : type.Item is { } item ? GetFormat(item) : null;
}
