using System.Text.Json.Nodes;
using CsCheck;
using MailAdmin.Sandbox.Registry;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Sandbox.Registry;

/// <summary>How objects from 0.16 are changed: whole values and paths.</summary>
public sealed class ObjectPatchTests
{
    private static readonly RegistrySchema s_schema = RegistrySchema.Default;

    private readonly DefaultValues _defaults = new(s_schema, new FrozenTime());

    [Theory]
    [InlineData("""{"@type":"User","colour":"red"}""", "")]
    [InlineData("""{"name":"x"}""", "")]
    [InlineData("""{"@type":"Robot"}""", "")]
    [InlineData("""{"@type":"User","clientId":"x"}""", "clientId")]
    [InlineData("""{"@type":"User","description":""}""", "description")]
    [InlineData("""{"@type":"User","description":"  "}""", "description")]
    [InlineData("""{"@type":"User","domainId":"!"}""", "domainId")]
    [InlineData("""{"@type":"User","locale":"xx"}""", "locale")]
    [InlineData("""{"@type":"User","usedDiskQuota":1}""", "usedDiskQuota")]
    [InlineData("""{"@type":"User","quotas":{"maxApples":1}}""", "quotas")]
    [InlineData("""{"@type":"User","quotas":{"maxDiskQuota":-1}}""", "quotas")]
    [InlineData("""{"@type":"User","quotas":null}""", "quotas")]
    [InlineData("""{"@type":"User","roles":"Admin"}""", "roles")]
    [InlineData("""{"@type":"User","aliases":[]}""", "aliases")]
    [InlineData("""{"@type":"User","aliases":{"x":{}}}""", "aliases")]
    [InlineData("""{"@type":"User","aliases":{"0":{"name":"a;b"}}}""", "aliases/name")]
    [InlineData("""{"@type":"User","credentials":{"0":{"@type":"Password","secret":""}}}""", "credentials/secret")]
    [InlineData("""{"@type":"User","permissions":{"@type":"Merge","enabledPermissions":{"fly":true}}}""", "permissions/enabledPermissions")]
    [InlineData("""{"@type":"User","memberGroupIds":{"b":1}}""", "memberGroupIds")]
    public void A_new_object_is_refused_with_the_names_of_the_properties_on_the_way(string sent, string path) =>
        Should.Throw<PatchException>(() => Patcher().Create("Account", Parse(sent), [])).Path.ShouldBe(path);

    [Theory]
    [InlineData("""{"id":"b"}""", "id")]
    [InlineData("""{"createdAt":"2026-01-01T00:00:00Z"}""", "createdAt")]
    [InlineData("""{"colour":1}""", "colour")]
    [InlineData("""{"aliases/9":null}""", "aliases/9")]
    [InlineData("""{"aliases/x":{}}""", "aliases/x")]
    [InlineData("""{"aliases/0/colour":1}""", "aliases/0/colour")]
    [InlineData("""{"aliases/0":{"name":"a@b"}}""", "aliases/0/name")]
    [InlineData("""{"description/0":"x"}""", "description/0")]
    [InlineData("""{"description/0":null}""", "description/0")]
    [InlineData("""{"permissions/disabledPermissions/authenticate":true}""", "permissions/disabledPermissions/authenticate")]
    [InlineData("""{"credentials":{"0":{"@type":"Password","credentialId":"a"}}}""", "credentials/credentialId")]
    public void A_change_is_refused_with_its_path(string patch, string path) =>
        Should.Throw<PatchException>(() => Patcher().Update("Account", NewAccount(), Parse(patch), [])).Path.ShouldBe(path);

    [Theory]
    [InlineData("""{"quotas/maxDiskQuota":5}""", "quotas", """{"maxDiskQuota":5}""")]
    [InlineData("""{"quotas/maxDiskQuota":null}""", "quotas", "{}")]
    [InlineData("""{"description":null}""", "description", null)]
    [InlineData("""{"permissions":{"@type":"Merge"}}""", "permissions", """{"@type":"Merge","enabledPermissions":{},"disabledPermissions":{}}""")]
    [InlineData("""{"memberGroupIds":{"b":true,"c":false}}""", "memberGroupIds", """{"b":true}""")]
    [InlineData("""{"aliases/0/enabled":false,"aliases/7":{"name":"B","domainId":"c"}}""", "aliases", """{"0":{"name":"a","domainId":"b","enabled":false,"description":null},"1":{"name":"b","domainId":"c","enabled":true,"description":null}}""")]
    [InlineData("""{"aliases/0":null,"aliases/1":{"name":"b","domainId":"c"}}""", "aliases", """{"0":{"name":"b","domainId":"c","enabled":true,"description":null}}""")]
    public void A_change_leaves_the_rest_as_it_was(string patch, string property, string? expected)
    {
        JsonObject account = NewAccount();
        var before = (JsonObject)account.DeepClone();
        JsonObject changed = Patcher().Update("Account", account, Parse(patch), []);
        JsonNode.DeepEquals(changed[property], expected is null ? null : JsonNode.Parse(expected)).ShouldBeTrue(changed[property]?.ToJsonString());
        changed.Remove(property);
        JsonNode.DeepEquals(account, before).ShouldBeTrue("the stored object was changed in its place");
        before.Remove(property);
        JsonNode.DeepEquals(changed, before).ShouldBeTrue(changed.ToJsonString());
    }

    [Fact]
    public void Another_variant_begins_with_its_defaults()
    {
        JsonObject tracer = Patcher().Create("Tracer", Parse("""{"@type":"Stdout","level":"error","enable":false}"""), []);
        JsonObject changed = Patcher().Update("Tracer", tracer, Parse("""{"@type":"Log","path":"/var/log"}"""), []);
        changed["enable"]!.GetValue<bool>().ShouldBeTrue();
        changed["level"]!.GetValue<string>().ShouldBe("info");
        JsonObject same = Patcher().Update("Tracer", tracer, Parse("""{"@type":"Stdout","multiline":true}"""), []);
        same["level"]!.GetValue<string>().ShouldBe("error");
    }

    [Fact]
    public void A_reference_stands_for_what_the_request_created()
    {
        JsonObject made = Patcher(("g", "q")).Create("Account", Parse("""{"@type":"User","domainId":"#g","memberGroupIds":{"#g":true}}"""), []);
        made["domainId"]!.GetValue<string>().ShouldBe("q");
        made["memberGroupIds"]!.AsObject().ShouldContainKey("q");
        Should.Throw<PatchException>(() => Patcher().Create("Account", Parse("""{"@type":"User","domainId":"#h"}"""), [])).Path.ShouldBe("domainId");
    }

    /// <summary>Whatever is added to a set and taken out of it by path, it holds what a set would.</summary>
    [Fact]
    public void A_set_is_a_set()
    {
        Gen<string> item = Gen.OneOf("a@x.test", "a/b", "~", "~1", "~0/", "\\", "a\\/b", "007", "12", "A", "ü").Select(text => text);
        Gen.Select(item, Gen.OneOf("true", "false", "null")).Array[1, 12].Sample(steps =>
        {
            JsonObject list = Patcher().Create("MailingList", Parse("""{"name":"news","domainId":"b"}"""), []);
            var model = new HashSet<string>();
            foreach ((string text, string value) in steps)
            {
                list = Patcher().Update("MailingList", list, new JsonObject { [$"recipients/{Escape(text)}"] = JsonNode.Parse(value) }, []);
                _ = value == "true" ? model.Add(text) : model.Remove(text);
            }

            list["recipients"]!.AsObject().Select(entry => entry.Key).Order(StringComparer.Ordinal).ShouldBe(model.Order(StringComparer.Ordinal));
        });
    }

    /// <summary>Whatever is put into a list and taken out of it by place, it is counted from 0 and in order.</summary>
    [Fact]
    public void A_list_is_a_list()
    {
        Gen.Select(Gen.Int[0, 4], Gen.Int[-1, 99]).Array[1, 12].Sample(steps =>
        {
            JsonObject list = Patcher().Create("MailingList", Parse("""{"name":"news","domainId":"b"}"""), []);
            var model = new List<string>();
            foreach ((int place, int number) in steps)
            {
                string name = $"a{number}";
                var patch = new JsonObject { [$"aliases/{place}"] = number < 0 ? null : new JsonObject { ["name"] = name, ["domainId"] = "b" } };
                if (number < 0 && place >= model.Count)
                {
                    Should.Throw<PatchException>(() => Patcher().Update("MailingList", list, patch, []));
                    continue;
                }

                list = Patcher().Update("MailingList", list, patch, []);
                if (number < 0)
                {
                    model.RemoveAt(place);
                }
                else if (place < model.Count)
                {
                    model[place] = name;
                }
                else
                {
                    model.Add(name);
                }
            }

            list["aliases"]!.AsObject().Select(entry => $"{entry.Key} {entry.Value!["name"]}").ShouldBe(model.Select((name, place) => $"{place} {name}"));
        });
    }

    /// <summary>The data of the types agree with themselves: what an object begins with is a value of its properties.</summary>
    [Fact]
    public void Every_default_is_a_value_of_its_property()
    {
        int checkedDefaults = 0;
        foreach ((string shape, string? variant) in Shapes())
        {
            JsonObject made = _defaults.Create(shape, variant);
            foreach ((string name, PropertyType property) in s_schema.StructOf(shape, made).Properties.Where(entry => entry.Value is { Default: not null, Update: PropertyUpdate.Mutable }))
            {
                JsonObject changed = Patcher().Update(shape, made, new JsonObject { [name] = made[name]?.DeepClone() }, []);
                // What a client sends is trimmed; one default ends with a blank.
                JsonNode.DeepEquals(changed[name], name == "defaultSubjectPrefix" ? "Auto:" : made[name]).ShouldBeTrue($"{shape} {variant} {name}: {made[name]?.ToJsonString()} → {changed[name]?.ToJsonString()}");
                checkedDefaults++;
            }
        }

        checkedDefaults.ShouldBeGreaterThan(800);
    }

    private static IEnumerable<(string Shape, string? Variant)> Shapes() => s_schema.Structs.Keys.Except(s_schema.Variants.Keys).Select(shape => (shape, (string?)null))
        .Concat(s_schema.Variants.SelectMany(entry => entry.Value.Of.Keys.Select(variant => (entry.Key, (string?)variant))));

    private static string Escape(string text) => text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    private static JsonObject Parse(string json) => JsonNode.Parse(json)!.AsObject();

    private JsonObject NewAccount() => Patcher().Create("Account", Parse("""{"@type":"User","name":"jane","domainId":"b","description":"Jane","aliases":{"0":{"name":"a","domainId":"b"}}}"""), []);

    private ObjectPatch Patcher(params (string CreationId, string Id)[] created) =>
        new(s_schema, _defaults, new PlainValues(s_schema, creationId => Array.Find(created, entry => entry.CreationId == creationId).Id), []);
}
