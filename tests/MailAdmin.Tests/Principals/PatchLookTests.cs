// What a principal shows of a change whose answer was lost: "done" only where all of it is there.
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Tests.Principals;

public sealed class PatchLookTests
{
    private const string Hash = "$6$new";

    public static TheoryData<string, PrincipalChange[]> InForce => new()
    {
        { """{"description":"J"}""", [PrincipalChange.Set(PrincipalField.Description, "J")] },
        { """{"name":"joan"}""", [PrincipalChange.Set(PrincipalField.Name, "Joan")] },
        { "{}", [PrincipalChange.Set(PrincipalField.Description, ""), PrincipalChange.Set(PrincipalField.Quota, "")] },
        { """{"quota":0,"emails":[]}""", [PrincipalChange.Set(PrincipalField.Quota, 0UL), PrincipalChange.Set(PrincipalField.Emails, [])] },
        { """{"emails":["b@x.org","a@x.org"]}""", [PrincipalChange.Set(PrincipalField.Emails, ["B@x.org", "a@x.org"])] },
        { """{"members":["b","a"]}""", [PrincipalChange.Set(PrincipalField.Members, ["a", "b"])] },
        { """{"roles":"user"}""", [PrincipalChange.Add(PrincipalField.Roles, "user"), PrincipalChange.Remove(PrincipalField.Roles, "admin")] },
        { """{"secrets":["otpauth://x","$app$phone$h","$6$new"]}""", [PrincipalChange.Remove(PrincipalField.Secrets, ""), PrincipalChange.Add(PrincipalField.Secrets, Hash)] },
        { """{"secrets":"$6$new"}""", [PrincipalChange.Remove(PrincipalField.Secrets, "old"), PrincipalChange.Add(PrincipalField.Secrets, Hash)] },
    };

    // There was no password to remove, which does not mean that the new one is there.
    [Fact]
    public void A_field_that_is_partly_in_force_is_not_in_force()
    {
        using var none = JsonDocument.Parse("""{"name":"joan"}""");
        PatchState state = PatchLook.Compare(none.RootElement, [PrincipalChange.Remove(PrincipalField.Secrets, ""), PrincipalChange.Add(PrincipalField.Secrets, Hash)]);
        state.IsUntouched.ShouldBeTrue();
        state.ToString().ShouldBe("At the last look: not as wanted: secrets.");
    }

    public static TheoryData<string, PrincipalChange[]> NotAllInForce => new()
    {
        { """{"description":"j"}""", [PrincipalChange.Set(PrincipalField.Description, "J")] },
        { """{"description":"J"}""", [PrincipalChange.Set(PrincipalField.Description, "")] },
        { """{"quota":5}""", [PrincipalChange.Set(PrincipalField.Quota, "")] },
        { """{"quota":5}""", [PrincipalChange.Set(PrincipalField.Quota, 6UL)] },
        // Another primary address.
        { """{"emails":["a@x.org","b@x.org"]}""", [PrincipalChange.Set(PrincipalField.Emails, ["b@x.org", "a@x.org"])] },
        { """{"members":["a","b","c"]}""", [PrincipalChange.Set(PrincipalField.Members, ["a", "b"])] },
        { """{"roles":["user","admin"]}""", [PrincipalChange.Add(PrincipalField.Roles, "user"), PrincipalChange.Remove(PrincipalField.Roles, "admin")] },
        // One of the two was there before.
        { """{"description":"J"}""", [PrincipalChange.Set(PrincipalField.Description, "J"), PrincipalChange.Add(PrincipalField.Emails, "a@x.org")] },
        // An old password is valid still.
        { """{"secrets":["$6$new","old"]}""", [PrincipalChange.Remove(PrincipalField.Secrets, ""), PrincipalChange.Add(PrincipalField.Secrets, Hash)] },
        { """{"secrets":["$6$NEW"]}""", [PrincipalChange.Add(PrincipalField.Secrets, Hash)] },
        // What nobody can see.
        { """{"description":"J"}""", [PrincipalChange.Set(PrincipalField.Description, "J"), PrincipalChange.Set(PrincipalField.Secrets, Hash)] },
        { """{"description":"J"}""", [PrincipalChange.Set(PrincipalField.Description, "J"), PrincipalChange.Remove(PrincipalField.Secrets, "")] },
        { """{"secrets":[]}""", [PrincipalChange.Remove(PrincipalField.Secrets, "$app$phone")] },
        { "null", [PrincipalChange.Set(PrincipalField.Description, "")] },
    };

    [Theory]
    [MemberData(nameof(InForce))]
    public void What_is_there_was_done(string principal, PrincipalChange[] changes) => Compare(principal, changes).IsApplied.ShouldBeTrue();

    [Theory]
    [MemberData(nameof(NotAllInForce))]
    public void What_is_not_all_there_or_not_visible_was_not_surely_done(string principal, PrincipalChange[] changes) => Compare(principal, changes).IsApplied.ShouldBeFalse();

    private static PatchState Compare(string principal, PrincipalChange[] changes) => PatchLook.Compare(JsonElement.Parse(principal), changes);
}
