using MailAdmin.Client;
using MailAdmin.Client.Provisioning;
using MailAdmin.Isolated.Csv;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Files as other systems write them, and files that are broken.</summary>
public sealed class ExportedFileTests
{
    [Fact]
    public void An_export_of_Active_Directory()
    {
        ImportPlan plan = ImportFixture.Plan("active-directory.csv");

        NewPrincipal weiss = plan.Row("jweiss").NewPrincipal.ShouldNotBeNull();
        weiss.Description.ShouldBe("Weiß, Jürgen");
        weiss.Email.ShouldBe(["juergen.weiss@example.org", "jw@example.org"]);
        weiss.DisabledPermission.ShouldBeEmpty();
        plan.Row("asilva").Errors.Select(error => (error.Column, error.ErrorId))
            .ShouldBe([("MemberOf", "DistinguishedNameNotSupported"), ("proxyAddresses", "ListNotExported")], ignoreOrder: true);
        plan.Row("asouza").NewPrincipal!.Description.ShouldBe("Ana Souza");
        plan.Row("asouza").NewPrincipal!.DisabledPermission.ShouldBe(["authenticate"]);
    }

    [Fact]
    public void An_export_of_Exchange()
    {
        ImportPlan plan = ImportFixture.Plan("exchange.csv");

        NewPrincipal marie = plan.Row("mdupont").NewPrincipal.ShouldNotBeNull();
        marie.Email.ShouldBe(["marie.dupont@example.org", "m.dupont@example.org"]);
        marie.Quota.ShouldBe(53_687_091_200);
        marie.Description.ShouldBe("Marie Dupont");
        plan.Row("disc").Action.ShouldBe(PlannedAction.Skipped);
        plan.Row("disc").Changes.Single().ShouldContain("DiscoveryMailbox");
        plan.Row("room1").Type.ShouldBe(PrincipalType.Location);
        plan.Row("info").Type.ShouldBe(PrincipalType.Group);
    }

    [Fact]
    public void An_export_of_Google_Workspace()
    {
        Should.Throw<ColumnMapException>(() => ImportFixture.Plan("google.csv")).ErrorId.ShouldBe("NameColumnMissing");
        ImportPlan plan = ImportFixture.Plan("google.csv", new ImportOptions { NoAddress = true, NoPassword = true, NameFrom = NameFrom.LocalPart });

        NewPrincipal siobhan = plan.Row("siobhan").NewPrincipal.ShouldNotBeNull();
        siobhan.Description.ShouldBe("Siobhán Ó Briain");
        siobhan.Email.ShouldBe(["siobhan@example.org"]);
        siobhan.DisabledPermission.ShouldBe(["authenticate"]);
        plan.Row("oluwaseun").Password.ShouldBeNull();
        using FileStream stream = ImportFixture.Open("google.csv");
        ImportFixture.Read(stream, new ImportOptions { NoAddress = true, NameFrom = NameFrom.Email }, out ColumnMap map)[0].Spec.Name.ShouldBe("oluwaseun@example.org");
        map.UnusedColumns.Select(column => column.Header).ShouldContain("Org Unit Path [Required]");
    }

    [Fact]
    public void A_German_Excel_file()
    {
        var options = new ImportOptions { NoAddress = true, NoPassword = true, ColumnOverrides = new Dictionary<string, string?> { ["Beschreibung"] = "Description" } };
        ImportPlan plan = ImportFixture.Plan("semicolons-1252.csv", options);

        plan.Row("mueller").NewPrincipal!.Description.ShouldBe("Jürgen Müller, Köln");
        plan.Row("strasse").NewPrincipal!.Quota.ShouldBe(500L << 20);
    }

    [Theory]
    [InlineData("broken-quote.csv", DelimitedTextError.BrokenQuote)]
    [InlineData("no-rows.csv", DelimitedTextError.NoRows)]
    [InlineData("picture.csv", DelimitedTextError.Binary)]
    public void A_broken_file_is_refused_as_a_whole(string name, DelimitedTextError error) =>
        Should.Throw<DelimitedTextException>(() => ImportFixture.Plan(name)).Error.ShouldBe(error);

    [Fact]
    public void Ragged_rows_fail_alone()
    {
        ImportPlan plan = ImportFixture.Plan("ragged.csv");

        plan.Row("jane").Action.ShouldBe(PlannedAction.Create);
        plan.Row(2).Errors.Single().Message.ShouldContain("expected 3 cells, found 4");
        plan.Row(3).Errors.Single().ErrorId.ShouldBe("CellCountMismatch");
    }
}
