using MailAdmin.Client;
using MailAdmin.Client.Provisioning;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>A cell that equals what the server has changes nothing, and takes nothing from what the other cells of its row ask for.</summary>
public sealed class StoredValueTests
{
    private static readonly MailPrincipal s_stored = new()
    {
        Id = 20,
        Kind = PrincipalType.Individual,
        Name = "ida",
        Description = "Ida Stored",
        Email = ImportFixture.List("ida@example.org"),
        Quota = 1L << 30,
        MemberOf = ImportFixture.List("sales"),
        List = ImportFixture.List("news"),
        Role = ImportFixture.List("user"),
        EnabledPermission = ImportFixture.List("email-send"),
        DisabledPermission = ImportFixture.List("email-receive"),
        Url = ImportFixture.List("https://example.org/ida"),
        Picture = "aWRh",
        Locale = "en",
    };

    private static readonly MailPrincipal s_list = new()
    {
        Id = 21,
        Kind = PrincipalType.List,
        Name = "ideas",
        Description = "Ideas",
        Email = ImportFixture.List("ideas@example.org"),
        Member = ImportFixture.List("old"),
        ExternalMember = ImportFixture.List("a@elsewhere.example"),
    };

    /// <summary>By field: the cell that the stored principal has, a cell with something else, and the change that the second asks for.</summary>
    private static readonly Dictionary<ImportField, (string Stored, string Other, string Change)> s_cells = new()
    {
        [ImportField.Description] = ("Ida Stored", "Ida Other", "Description 'Ida Stored' → 'Ida Other'"),
        [ImportField.Email] = ("ida@example.org", "ida@example.org;ida2@example.org", "Email + ida2@example.org"),
        [ImportField.PrimaryEmail] = ("ida@example.org", "ida3@example.org", "PrimaryEmail ida@example.org → ida3@example.org"),
        [ImportField.CatchAll] = ("", "example.org", "Email + @example.org"),
        [ImportField.Quota] = ("1GB", "2GB", "Quota 1 GB → 2 GB"),
        [ImportField.MemberOf] = ("sales", "sales;crew", "MemberOf + crew"),
        [ImportField.List] = ("news", "news;bulletin", "List + bulletin"),
        [ImportField.Role] = ("user", "user;helpdesk", "Role + helpdesk"),
        [ImportField.Enabled] = ("True", "False", "Enabled True → False"),
        [ImportField.EnabledPermission] = ("email-send", "email-send;delete-mail", "EnabledPermission + delete-mail"),
        [ImportField.DisabledPermission] = ("email-receive", "email-receive;delete-mail", "DisabledPermission + delete-mail"),
        [ImportField.Url] = ("https://example.org/ida", "https://example.org/ida;https://example.org/new", "Url + https://example.org/new"),
        [ImportField.Picture] = ("aWRh", "aWRhMg==", "Picture"),
        [ImportField.Locale] = ("en", "de", "Locale 'en' → 'de'"),
    };

    private static DirectoryState State => ImportFixture.SampleDirectory with
    {
        Principals =
        [
            .. ImportFixture.SampleDirectory.Principals, s_stored, s_list,
            new MailPrincipal { Id = 22, Kind = PrincipalType.Group, Name = "crew" },
            new MailPrincipal { Id = 23, Kind = PrincipalType.List, Name = "bulletin" },
        ],
    };

    public static TheoryData<bool> Modes => [false, true];

    /// <summary>Every field that a row of an account can change, beside every other one with the stored value.</summary>
    [Theory]
    [MemberData(nameof(Modes))]
    public void A_cell_with_the_stored_value_takes_nothing_from_any_other(bool replaces)
    {
        foreach ((ImportField asked, (_, string other, string change)) in s_cells)
        {
            foreach ((ImportField kept, (string stored, _, _)) in s_cells.Where(pair => pair.Key != asked))
            {
                // Enabled is also a permission, so that -Replace of the permissions changes it.
                PlannedRow row = Plan($"Name,{kept},{asked}\nida,{stored},{other}\n", replaces);

                row.Errors.ShouldBeEmpty($"{kept}, {asked}");
                row.Changes.ShouldContain(change, $"{kept}, {asked}");
            }
        }
    }

    /// <summary>A field that is added to the import is added to this table, too.</summary>
    [Fact]
    public void The_table_has_every_field_of_an_account()
    {
        ImportField[] elsewhere =
        [
            ImportField.Name, ImportField.Type, ImportField.GivenName, ImportField.Surname, ImportField.Password, ImportField.PasswordHash, ImportField.Tenant, ImportField.Member, ImportField.ExternalMember,
        ];
        KnownHeaders.Accepted.Where(header => header != "Disabled").Select(Enum.Parse<ImportField>).Except(elsewhere).ShouldBe(s_cells.Keys, ignoreOrder: true);
    }

    [Theory]
    [InlineData("Name,Type,Email,PrimaryEmail\nideas,List,ideas@example.org,ideas2@example.org\n", "Email + ideas2@example.org;PrimaryEmail ideas@example.org → ideas2@example.org")]
    [InlineData("Name,Type,Email,CatchAll\nideas,List,ideas@example.org,example.org\n", "Email + @example.org")]
    [InlineData("Name,Type,Member,ExternalMember\nideas,List,old,b@elsewhere.example\n", "ExternalMember + b@elsewhere.example")]
    [InlineData("Name,Type,ExternalMember,Member\nideas,List,a@elsewhere.example,hal;b@elsewhere.example\n", "Member + hal;ExternalMember + b@elsewhere.example")]
    public void Nor_of_a_list(string table, string changes) => string.Join(';', Plan(table).Changes).ShouldBe(changes);

    [Theory]
    [InlineData("Name,Email,PrimaryEmail\nida,ida@example.org,old@example.org\n", "EmailTaken")]
    [InlineData("Name,Email,PrimaryEmail\nida,ida@example.org,ida@nowhere.example\n", "DomainMissing")]
    [InlineData("Name,Email,CatchAll\nida,ida@example.org,nowhere.example\n", "DomainMissing")]
    [InlineData("Name,Email,CatchAll\nida,ida@example.org,not a domain\n", "EmailInvalid")]
    [InlineData("Name,Email,PrimaryEmail\nida,SMTP:ida2@example.org,ida@example.org\n", "EmailInvalid")]
    public void What_the_others_ask_for_is_checked(string table, string error)
    {
        Plan(table).Errors.ShouldHaveSingleItem().ErrorId.ShouldBe(error);
        Plan(table, replaces: true).Errors.ShouldHaveSingleItem().ErrorId.ShouldBe(error);
    }

    [Fact]
    public void With_Replace_the_primary_address_comes_first_and_the_stored_one_stays()
    {
        PlannedRow row = Plan("Name,Email,PrimaryEmail\nida,ida@example.org,ida2@example.org\n", replaces: true);

        row.DescribeChanges().ShouldHaveSingleItem().ShouldContain("ida2@example.org,ida@example.org");
    }

    [Fact]
    public void One_of_several_columns_of_addresses_is_not_the_list()
    {
        MailPrincipal one = s_stored.With(("Id", 30u), ("Name", "ada"), ("Email", ImportFixture.List("ada@example.org")));
        DirectoryState state = State with { Principals = [.. State.Principals, one] };

        PlannedRow row = ImportFixture.PlanText("primaryEmail,suspended,aliases.0,aliases.1\na.da@example.org,False,ada@example.org,ada2@example.org\n",
            new ImportOptions { NoPassword = true, ColumnOverrides = new Dictionary<string, string?> { ["primaryEmail"] = "" }, NameFrom = NameFrom.LocalPart }, state).Row("ada");

        row.Changes.ShouldBe(["Email + ada2@example.org"]);
    }

    /// <summary>Addresses of other means need not be ones that could be set: they stay as they are.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_unusual_stored_address_stays_beside_a_new_one(bool replaces)
    {
        MailPrincipal odd = s_stored.With(("Id", 31u), ("Name", "odd"), ("Email", ImportFixture.List("no address", "odd@example.org")));
        DirectoryState state = State with { Principals = [.. State.Principals, odd] };
        var options = new ImportOptions { NoPassword = true, Replace = replaces };

        ImportFixture.PlanText("Name,Email\nodd,no address;odd@example.org\n", options, state).Row("odd").Action.ShouldBe(PlannedAction.Unchanged);
        ImportFixture.PlanText("Name,Email,PrimaryEmail\nodd,no address;odd@example.org,odd2@example.org\n", options, state).Row("odd").DescribeChanges()
            .ShouldHaveSingleItem().ShouldContain("odd2@example.org,no address,odd@example.org");
        ImportFixture.PlanText("Name,PrimaryEmail,Email\nodd,no address,odd@example.org\n", options, state).Row("odd").Action.ShouldBe(PlannedAction.Unchanged);
    }

    private static PlannedRow Plan(string table, bool replaces = false) =>
        ImportFixture.PlanText(table, new ImportOptions { NoPassword = true, Replace = replaces }, State).Rows.ShouldHaveSingleItem();
}
