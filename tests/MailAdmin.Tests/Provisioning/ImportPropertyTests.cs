using CsCheck;
using MailAdmin.Client;
using MailAdmin.Client.Provisioning;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Provisioning;

/// <summary>Any file, planned and carried out: nothing is named before it exists, and the same file again changes nothing.</summary>
public sealed class ImportPropertyTests
{
    private static readonly string[] s_names = ["g0", "g1", "g2", "l0", "l1", "r0", "r1", "p0", "p1", "p2", "p3"];

    private static readonly Gen<Row> s_row = Gen.Select(
        Gen.Int[0, s_names.Length - 1], Items("g"), Items("l"), Items("r"), Items("gp"), Gen.Int[0, 3], Gen.Int[0, 2],
        (name, groups, lists, roles, members, quota, email) => new Row(s_names[name], groups, lists, roles, members, quota, email));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_plan_is_carried_out_in_its_order_and_then_there_is_nothing_to_do(bool replace) =>
        Gen.Select(s_row.Array[1, 9], s_row.Array[0, 6]).Sample((file, before) => IsIdempotent(file, before, replace), iter: 1500);

    private static bool IsIdempotent(Row[] file, Row[] before, bool replace)
    {
        var server = new Server();
        server.Run(ImportPlanner.Plan(Read(before), server.State(), new ImportOptions { NoAddress = true, NoPassword = true }, []));
        var options = new ImportOptions { NoAddress = true, NoPassword = true, Replace = replace };
        IReadOnlyList<ParsedRow> rows = Read(file);
        ImportPlan plan = ImportPlanner.Plan(rows, server.State(), options, []);
        server.Run(plan);
        ImportPlan again = ImportPlanner.Plan(rows, server.State(), options, []);
        PlannedRow[] restless = [.. again.Rows.Where(row => row.Action is PlannedAction.Create or PlannedAction.Update)];
        restless.ShouldBeEmpty(string.Join('\n', restless.SelectMany(row => row.Changes.Prepend(row.ToString()))));
        return plan.Rows.Count == file.Length;
    }

    private static Gen<string[]> Items(string kinds) =>
        Gen.Int[0, 9].Select(Gen.Shuffle(s_names.Where(name => kinds.Contains(name[0], StringComparison.Ordinal)).ToArray()), (count, names) => names[..Math.Min(names.Length, Math.Max(0, count - 7))]);

    private static IReadOnlyList<ParsedRow> Read(Row[] rows)
    {
        var reader = new RowReader(ColumnMap.Create(["Name", "Type", "MemberOf", "List", "Role", "Member", "Quota", "Email"]));
        return [.. rows.Select((row, index) => reader.Read(new ImportRow(index + 1, row.Cells(), null)))];
    }

    private sealed record Row(string Name, string[] Groups, string[] Lists, string[] Roles, string[] Members, int Quota, int Email)
    {
        private string Type => Name[0] switch { 'g' => "Group", 'l' => "List", 'r' => "Role", _ => "Individual" };

        /// <summary>Only what a principal of the kind can have, so that most rows are sound.</summary>
        public string[] Cells() =>
        [
            Name, Type,
            Name[0] is 'g' or 'p' ? Join(Groups) : "",
            Name[0] is 'g' or 'p' ? Join(Lists) : "",
            Name[0] is 'r' or 'p' ? Join(Roles) : "",
            Name[0] switch { 'g' or 'l' => Join(Members), 'r' => Join(Roles), _ => "" },
            Name[0] is 'g' or 'p' && Quota > 0 ? $"{Quota}GB" : "",
            Name[0] == 'r' || Email == 0 ? "" : Email == 1 ? $"{Name}@example.org" : $"{Name}@example.org;SMTP:{Name}.{Quota}@example.org",
        ];

        private static string Join(string[] names) => string.Join(';', names);
    }

    /// <summary>The part of a server that a plan needs: it refuses what does not exist, and knows each membership from both sides.</summary>
    private sealed class Server
    {
        private readonly Dictionary<string, MailPrincipal> _principals = [];

        public Server() => Add(new MailPrincipal { Id = 0, Kind = PrincipalType.Domain, Name = "example.org" });

        public DirectoryState State() => new() { Principals = [.. _principals.Values.Select(principal => principal.With(("Member", new StringList(GetMembers(principal)))))] };

        public void Run(ImportPlan plan)
        {
            plan.Rows.Select(row => row.DependencyLevel).ShouldBeInOrder();
            foreach (IGrouping<int, PlannedRow> level in plan.Rows.GroupBy(row => row.DependencyLevel))
            {
                // Backwards, as the rows of one level may go in any order.
                foreach (PlannedRow row in level.Reverse())
                {
                    Run(row);
                }
            }
        }

        private void Run(PlannedRow row)
        {
            if (row.NewPrincipal is { } created)
            {
                Create(created);
            }

            foreach (PrincipalChange change in row.PrincipalChanges)
            {
                Change(row.Identity, change);
            }
        }

        private void Create(NewPrincipal created)
        {
            Add(new MailPrincipal
            {
                Id = 0,
                Kind = created.Type,
                Name = created.Name,
                Quota = created.Quota ?? 0,
                Email = new StringList(created.Email),
                MemberOf = RequireExisting(created.MemberOf),
                List = RequireExisting(created.List),
                Role = RequireExisting(created.Role),
            });
            foreach (string member in created.Member)
            {
                Join(created.Name, member);
            }
        }

        private void Change(string name, PrincipalChange change)
        {
            MailPrincipal principal = _principals[name];
            bool adds = change.Action == PrincipalAction.AddItem;
            switch (change.Field)
            {
                case PrincipalField.Members when adds:
                    Join(name, change.Text!);
                    break;
                case PrincipalField.Members:
                    Leave(principal, change.Text!);
                    break;
                case PrincipalField.Quota:
                    _principals[name] = principal.With(("Quota", (long)change.Number!.Value));
                    break;
                case PrincipalField.Emails:
                    _principals[name] = principal.With(("Email", change.Items is { } items ? new StringList(items) : Edit(principal.Email!, change.Text!, adds)));
                    break;
                default:
                    ChangeMembership(name, change.Field, change.Text!, adds);
                    break;
            }
        }

        private void ChangeMembership(string name, string field, string item, bool adds)
        {
            if (adds)
            {
                RequireExisting([item]);
            }

            MailPrincipal principal = _principals[name];
            _principals[name] = field switch
            {
                PrincipalField.MemberOf => principal.With(("MemberOf", Edit(principal.MemberOf!, item, adds))),
                PrincipalField.Lists => principal.With(("List", Edit(principal.List!, item, adds))),
                PrincipalField.Roles => principal.With(("Role", Edit(principal.Role!, item, adds))),
                _ => throw new InvalidOperationException(field),
            };
        }

        private void Join(string container, string member) => ChangeMembership(member, GetMembershipField(_principals[container]), container, adds: true);

        private void Leave(MailPrincipal container, string member) => ChangeMembership(member, GetMembershipField(container), container.Name, adds: false);

        private static string GetMembershipField(MailPrincipal container) => container.Kind.Word switch
        {
            "group" => PrincipalField.MemberOf,
            "list" => PrincipalField.Lists,
            _ => PrincipalField.Roles,
        };

        private IEnumerable<string> GetMembers(MailPrincipal container) => _principals.Values
            .Where(principal => principal.MemberOf?.Contains(container.Name) == true || principal.List?.Contains(container.Name) == true || principal.Role?.Contains(container.Name) == true)
            .Select(principal => principal.Name);

        private StringList RequireExisting(IEnumerable<string> names)
        {
            string[] all = [.. names];
            all.Where(name => name != "user" && !_principals.ContainsKey(name)).ShouldBeEmpty("named before it exists");
            return new StringList(all);
        }

        private static StringList Edit(StringList list, string item, bool adds) =>
            new(adds ? list.Contains(item) ? list : list.Append(item) : list.Where(other => other != item));

        private void Add(MailPrincipal principal) => _principals.Add(principal.Name, principal);
    }
}
