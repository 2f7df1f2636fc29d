// A principal's fields come in several forms; each becomes the same property, and nothing is lost but secrets.
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalReaderTests
{
    [Fact]
    public void One_many_or_none()
    {
        Read(""" "emails":"a@x" """).Email.ShouldBe(["a@x"]);
        Read(""" "emails":["a@x","b@x"] """).Email.ShouldBe(["a@x", "b@x"]);
        Read(""" "emails":[] """).Email.ShouldBeEmpty();
        Read(""" "emails":null """).Email.ShouldBeEmpty();
        Read(""" "name":"x" """).Email.ShouldBeEmpty();
        Read(""" "urls":"https://x","externalMembers":"e@y","roles":"user" """).ToString().ShouldBe("");
    }

    [Fact]
    public void Members_are_names_or_a_number()
    {
        MailPrincipal group = Read(""" "members":["a","b"] """);
        (group.Member!.ToString(), group.MemberCount).ShouldBe(("a;b", 2));
        MailPrincipal domain = Read(""" "members":14 """);
        (domain.Member!.Count, domain.MemberCount).ShouldBe((0, 14));
        Read(""" "members":"only" """).MemberCount.ShouldBe(1);
        Read("").MemberCount.ShouldBe(0);
    }

    [Fact]
    public void A_tenants_quotas_are_storage_and_limits_by_kind()
    {
        MailPrincipal tenant = Read(""" "quota":[1000,50,0,0,0,0,7,0,3,0,0,0,9] """);
        tenant.Quota.ShouldBe(1000);
        tenant.PrincipalLimit!.ToString().ShouldBe("Individual=50;List=7;Domain=3;OauthClient=9");
        Read(""" "quota":1000 """).Quota.ShouldBe(1000);
        Read(""" "quota":[] """).Quota.ShouldBe(0);
    }

    [Theory]
    [InlineData("quota", "\"5GB\"")]
    [InlineData("quota", "18446744073709551615")]
    [InlineData("quota", "[1,\"x\"]")]
    [InlineData("description", "7")]
    [InlineData("emails", "{\"a\":1}")]
    [InlineData("roles", "[\"a\",1]")]
    [InlineData("members", "{}")]
    [InlineData("usedQuota", "\"x\"")]
    [InlineData("somethingNew", "[1,{\"a\":null}]")]
    public void What_has_another_form_is_kept_as_it_came(string name, string value)
    {
        MailPrincipal principal = Read($"\"{name}\":{value},\"name\":\"jane\"");
        principal.AdditionalData.ShouldHaveSingleItem().Key.ShouldBe(name);
        JsonSerializer.Serialize(principal.AdditionalData[name]).ShouldBe(value);
        principal.Name.ShouldBe("jane");
        principal.Quota.ShouldBe(0);
    }

    [Fact]
    public void Of_secrets_only_what_can_be_said_of_them_stays()
    {
        MailPrincipal principal = Read(""" "secrets":["otpauth://totp/x?secret=HUSH1","$app$laptop$$6$HUSH2","HUSH3","$app$phone$HUSH4","HUSH5"] """);
        principal.OtpEnabled.ShouldBe(true);
        principal.AppPassword.ShouldBe(["laptop", "phone"]);
        principal.PasswordCount.ShouldBe(2);
        principal.PasswordScheme.ShouldBe("PlainText");
        PrincipalFormatter.Format(principal).ShouldNotContain("HUSH");
        Read(""" "secrets":"$6$ONjGT6nQtmPNaxw0$NNF5DXtPfOay2mfVnPJ0uQ77C.L3LNxXO/QMyphP/DzpODqbDBBGd4/gCnckYPQj3st6pqwY8/KeBsCJ.oe1Y1" """).PasswordScheme.ShouldBe("SHA512-Crypt");
        Read(""" "secrets":[] """).PasswordScheme.ShouldBeNull();
    }

    [Theory]
    [InlineData("""{"a":"HUSH"}""")]
    [InlineData("""[["HUSH"]]""")]
    [InlineData("""[{"HUSH":1},"HUSH"]""")]
    [InlineData("7")]
    public void Secrets_of_an_unknown_form_are_not_kept_either(string value)
    {
        MailPrincipal principal = Read($"\"secrets\":{value},\"name\":\"jane\"");
        principal.AdditionalData.ShouldBeEmpty();
        principal.Name.ShouldBe("jane");
        PrincipalFormatter.Format(principal).ShouldNotContain("HUSH");
    }

    [Fact]
    public void A_kind_that_is_new_stays_what_it_is()
    {
        Read("", type: "calendarResource").Type.ShouldBe("CalendarResource");
        Read("", type: "superuser").Type.ShouldBe(PrincipalType.FromWire("superuser"));
    }

    [Fact]
    public void Disabled_is_who_may_not_authenticate()
    {
        Read(""" "disabledPermissions":["email-send"] """).Enabled.ShouldBe(true);
        Read(""" "disabledPermissions":["email-send","authenticate"] """).Enabled.ShouldBe(false);
    }

    private static MailPrincipal Read(string members, string type = "individual")
    {
        string rest = members.Trim().Length == 0 ? "" : "," + members;
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes($"{{\"id\":1,\"type\":\"{type}\"{rest}}}"));
        reader.Read();
        MailPrincipal principal = PrincipalReader.Read(ref reader);
        reader.TokenType.ShouldBe(JsonTokenType.EndObject);
        reader.Read().ShouldBeFalse();
        return principal;
    }
}
