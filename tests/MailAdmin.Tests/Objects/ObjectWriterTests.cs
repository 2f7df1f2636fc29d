// What scripts pass, in the forms of the wire; and what is refused by its name.
using System.Collections;
using System.Net;
using System.Text.Json.Nodes;
using MailAdmin.Client;
using MailAdmin.Client.Api.Objects;

namespace MailAdmin.Tests.Objects;

public sealed class ObjectWriterTests
{
    private static readonly ObjectSchema s_schema = SandboxSchema.Value;

    [Fact]
    public void Values_become_the_forms_of_the_wire() => Write("MtaDeliverySchedule", new Hashtable
    {
        ["NAME"] = "often",
        ["queueId"] = "b",
        ["expiry"] = new Hashtable { ["@type"] = "ttl", ["expire"] = TimeSpan.FromDays(3) },
        ["retry"] = new Hashtable { ["@type"] = "Custom", ["intervals"] = new object[] { new Hashtable { ["duration"] = "90s" }, new Hashtable { ["duration"] = "1.5h" } } },
    }).ShouldBe("""{"expiry":{"@type":"Ttl","expire":259200000},"name":"often","queueId":"b","retry":{"@type":"Custom","intervals":{"0":{"duration":90000},"1":{"duration":5400000}}}}""");

    [Fact]
    public void Sets_are_taken_as_lists_and_as_single_values()
    {
        Write("NetworkListener", new Hashtable { ["name"] = "smtp", ["bind"] = new object[] { "[::]:25", "127.0.0.1:2525" }, ["protocol"] = "SMTP" })
            .ShouldBe("""{"bind":{"[::]:25":true,"127.0.0.1:2525":true},"name":"smtp","protocol":"smtp"}""");
        Write("NetworkListener", new Hashtable { ["name"] = "smtp", ["bind"] = "[::]:25" }).ShouldBe("""{"bind":{"[::]:25":true},"name":"smtp"}""");
    }

    [Fact]
    public void A_text_is_an_expression_without_conditions_and_a_variant_by_its_name()
    {
        Compare("MtaStageRcpt", """{"maxRecipients":{"match":{"0":{"if":"a","then":"1"}},"else":"100"}}""", new Hashtable { ["maxRecipients"] = "50" })
            .ShouldBe("""{"maxRecipients/else":"50","maxRecipients/match":{}}""");
        Compare("AccountSettings", """{"encryptionAtRest":{"@type":"Aes256"}}""", new Hashtable { ["encryptionAtRest"] = "disabled" })
            .ShouldBe("""{"encryptionAtRest":{"@type":"Disabled"}}""");
    }

    [Theory]
    [InlineData("Http", "enableHstss", true, "enableHstss", "Is enableHsts meant?")]
    [InlineData("Http", "enableHsts", 1, "enableHsts", "$true or $false")]
    [InlineData("Http", "redirectRoot", "", "redirectRoot", "specify $null")]
    [InlineData("Http", "enableHsts", null, "enableHsts", "always has a value")]
    [InlineData("Http", "rateLimitAnonymous", 5, "rateLimitAnonymous", "hashtable with the properties of Rate")]
    [InlineData("Jmap", "getMaxResults", 0, "getMaxResults", "1 or more")]
    [InlineData("Jmap", "getMaxResults", 1.5, "getMaxResults", "whole number")]
    [InlineData("Jmap", "getMaxResults", -1, "getMaxResults", "not negative")]
    [InlineData("SpamPyzor", "timeout", 5, "timeout", "'30s'")]
    [InlineData("SpamPyzor", "timeout", "5", "timeout", "'30s'")]
    [InlineData("AccountSettings", "locale", "en_UK", "locale", "no value of 'locale'")]
    [InlineData("SystemSettings", "defaultDomainId", "example.org", "defaultDomainId", "by its id")]
    [InlineData("AiModel", "temperature", 2, "temperature", "from 0 to 1")]
    [InlineData("OAuthClient", "secret", "****", "secret", "hidden")]
    [InlineData("AcmeProvider", "accountUri", "https://a.test", "accountUri", "Only the server sets")]
    [InlineData("AcmeProvider", "directory", "https://a.test", "directory", "make a new one")]
    [InlineData("Account", "credentials", "x", "credentials", "Set-MailPrincipal -Password")]
    public void What_the_server_would_refuse_or_misunderstand_is_refused_by_its_name(string type, string property, object? value, string field, string reason)
    {
        string current = type == "Account" ? """{"@type":"User"}""" : "{}";
        MailServerException refusal = Should.Throw<MailServerException>(() => Compare(type, current, new Hashtable { [property] = value }));
        refusal.Code.ShouldBe(MailErrorCode.RejectedByClient);
        refusal.Field.ShouldBe(field);
        refusal.Message.ShouldStartWith("Nothing was sent: ");
        refusal.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("BlockedIp", "address", "192.0.2.1/33")]
    [InlineData("BlockedIp", "address", "mail.test")]
    [InlineData("BlockedIp", "address", "")]
    public void An_address_is_one(string type, string property, string value) =>
        Should.Throw<MailServerException>(() => Write(type, new Hashtable { [property] = value })).Field.ShouldBe(property);

    [Fact]
    public void A_new_object_needs_what_has_no_default()
    {
        Should.Throw<MailServerException>(() => Write("MtaRoute", new Hashtable { ["@type"] = "Relay", ["name"] = "out" })).Message.ShouldContain("MtaRoute needs address (Text)");
        Should.Throw<MailServerException>(() => Write("MtaRoute", new Hashtable { ["name"] = "out" })).Message.ShouldContain("MtaRoute needs @type: one of Mx, Relay, Local");
        Should.Throw<MailServerException>(() => Write("NetworkListener", new Hashtable { ["name"] = "out" })).Field.ShouldBe("bind");
        Should.Throw<MailServerException>(() => Write("NetworkListener", new Hashtable { ["name"] = "out", ["bind"] = Array.Empty<object>() })).Message.ShouldContain("an item at least");
        Should.Throw<MailServerException>(() => Write("MtaRoute", new Hashtable { ["@type"] = "Mx", ["name"] = "out", ["address"] = "a.test" })).Message.ShouldContain("one of the variant Relay");
    }

    [Fact]
    public void What_is_the_same_is_not_sent()
    {
        const string Current = """{"rateLimitAuthenticated":{"count":1000,"period":60000},"enableHsts":false,"responseHeaders":{"X-A":"1","X/B":"2"},"redirectRoot":"/account","id":"singleton"}""";
        Compare("Http", Current, new Hashtable { ["enableHsts"] = "False", ["rateLimitAuthenticated"] = new Hashtable { ["count"] = 1000.0, ["period"] = "1m" } }).ShouldBe("{}");
        Compare("Http", Current, new Hashtable { ["rateLimitAuthenticated"] = new Hashtable { ["count"] = 5 } }).ShouldBe("""{"rateLimitAuthenticated/count":5}""");
        Compare("Http", Current, new Hashtable { ["redirectRoot"] = null }).ShouldBe("""{"redirectRoot":null}""");
        Compare("Http", Current, new Hashtable { ["responseHeaders"] = new Hashtable { ["X-A"] = "3" } }).ShouldBe("""{"responseHeaders/X-A":"3","responseHeaders/X~1B":null}""");
    }

    [Fact]
    public void A_secret_is_never_shown_and_what_is_inside_beside_it_can_be_changed()
    {
        const string Current = """{"@type":"PostgreSql","host":"db.test","authSecret":{"@type":"Value","secret":"****"},"readReplicas":{"0":{"host":"r.test","authSecret":{"@type":"Value","secret":"****"}}}}""";
        Compare("DataStore", Current, new Hashtable { ["host"] = "db2.test" }).ShouldBe("""{"host":"db2.test"}""");
        ObjectPatch patch = CreatePatch("DataStore", Current, new Hashtable { ["authSecret"] = new Hashtable { ["secret"] = new NetworkCredential("", "geheim").SecurePassword } });
        patch.Values.Single().Path.ShouldBe("authSecret/secret");
        patch.Values.Single().Value!.GetValue<string>().ShouldBe("geheim");
        patch.Secrets.ShouldBe(["geheim"]);
        patch.Changes.Single().ToString().ShouldBe("authSecret/secret: (hidden) → (hidden)");
        // A list is written as a whole.
        Should.Throw<MailServerException>(() => Compare("DataStore", Current, new Hashtable { ["readReplicas"] = new object[] { new Hashtable { ["host"] = "r2.test" } } })).Message.ShouldContain("specify the secret too");
        Should.Throw<MailServerException>(() => Compare("DataStore", Current, new Hashtable { ["authSecret"] = new Hashtable { ["secret"] = HiddenSecret.Value } })).Message.ShouldContain("hidden");
    }

    [Fact]
    public void Another_variant_starts_from_defaults_and_that_is_said()
    {
        ObjectPatch whole = CreatePatch("MtaRoute", """{"@type":"Mx","name":"out","description":"d","id":"b"}""", new Hashtable { ["@type"] = "relay", ["name"] = "out", ["address"] = "mx.test" });
        Write(whole).ShouldBe("""{"@type":"Relay","address":"mx.test","name":"out"}""");
        whole.Warnings.ShouldHaveSingleItem().ShouldContain("starts from the defaults of Relay");
        Should.Throw<MailServerException>(() => CreatePatch("MtaRoute", """{"@type":"Mx","name":"out"}""", new Hashtable { ["@type"] = "Relay" })).Code.ShouldBe(MailErrorCode.FieldMissing);
        CreatePatch("AccountSettings", """{"encryptionAtRest":{"@type":"Disabled"}}""", new Hashtable { ["encryptionAtRest"] = new Hashtable { ["@type"] = "Disabled" } }).Warnings.ShouldBeEmpty();
    }

    [Fact]
    public void A_switch_that_does_nothing_is_said_to()
    {
        CreatePatch("Domain", """{"name":"example.org","isEnabled":true}""", new Hashtable { ["isEnabled"] = false }).Warnings.ShouldHaveSingleItem().ShouldContain("Disable-MailPrincipal");
    }

    [Theory]
    [InlineData("30s", 30)]
    [InlineData("5m", 300)]
    [InlineData("1.5h", 5400)]
    [InlineData("7d", 604800)]
    [InlineData("250ms", 0.25)]
    [InlineData("00:05:00", 300)]
    public void A_duration_is_read(string text, double seconds)
    {
        WireDuration.TryParse(text, out TimeSpan duration).ShouldBeTrue();
        duration.TotalSeconds.ShouldBe(seconds);
    }

    [Theory]
    [InlineData("5")]
    [InlineData("5:00")]
    [InlineData("m")]
    [InlineData("99999999999999d")]
    public void What_could_be_several_durations_is_none(string text) => WireDuration.TryParse(text, out _).ShouldBeFalse();

    private static string Write(string type, Hashtable values) => Sort(new ObjectWriter(s_schema).WriteNew(s_schema.Get(type), values));

    private static string Compare(string type, string current, Hashtable values) => Write(CreatePatch(type, current, values));

    private static ObjectPatch CreatePatch(string type, string current, Hashtable values)
    {
        var patch = new ObjectPatch(s_schema, s_schema.Get(type));
        patch.Compare(JsonNode.Parse(current)!.AsObject(), values);
        return patch;
    }

    private static string Write(ObjectPatch patch) => Sort(patch.Values.Select(value => KeyValuePair.Create(value.Path, value.Value)));

    private static string Sort(IEnumerable<KeyValuePair<string, JsonNode?>> members) =>
        new JsonObject(members.OrderBy(member => member.Key, StringComparer.Ordinal).Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone()))).ToJsonString();
}
