// One name for one thing (docs/decisions/0022), and every label of a view is a property that can be filtered on.
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.Tests.Formatting;

public sealed class PropertyNameTests
{
    // The table of the decision: the name, and what it replaces.
    private static readonly Dictionary<string, string[]> s_replaced = new()
    {
        ["Created"] = ["CreatedAt", "CreationTime", "CreationDate", "WhenCreated"],
        ["Deleted"] = ["DeletedAt", "DeletionTime"],
        ["Received"] = ["ReceivedAt", "ArrivalDate", "Arrived"],
        ["Expires"] = ["ExpiresAt", "Expiry", "Expiration", "TokenExpiresAt"],
        ["UsedBytes"] = ["Used", "UsedQuota", "UsedSpace", "Usage"],
        ["Size"] = ["Length", "Bytes"],
        ["From"] = ["Sender", "ReturnPath", "MailFrom"],
        ["To"] = ["Recipients", "RcptTo"],
        ["Hostname"] = ["Host", "HostName"],
        ["Account"] = ["AccountName", "Mailbox"],
        ["Elapsed"] = ["Duration", "Took"],
        ["Details"] = ["Detail"],
        ["MessageCount"] = ["Messages", "Emails"],
        ["MailboxCount"] = ["Mailboxes"],
        ["IncidentCount"] = ["Incidents"],
        ["FailureCount"] = ["Failed", "Failures"],
        ["SuccessCount"] = ["Succeeded", "Successes"],
    };

    // Beside the name of the table, since other tools know them by these.
    private static readonly HashSet<string> s_second = ["MailQueueMessage.ReturnPath", "MailSpamResult.MailFrom", "MailDmarcResult.MailFrom"];

    public static TheoryData<Type> OutputTypes => [.. FindOutputTypes()];

    [Fact]
    public void Every_label_of_every_view_is_a_property()
    {
        (string View, string Label, Type Type)[] labels = [.. ViewFile.Views.SelectMany(view => ViewFile.GetTypes(view)
            .SelectMany(type => GetLabels(view).Select(label => (view.Element("Name")!.Value, label, type))))];
        labels.Length.ShouldBeGreaterThan(300);
        labels.Where(item => item.Type.GetProperty(item.Label) is null).Select(item => $"{item.View}: {item.Label}").ShouldBeEmpty();
    }

    [Theory]
    [MemberData(nameof(OutputTypes))]
    public void No_output_has_another_name_for_the_same_thing(Type type)
    {
        string[] names = [.. type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => property.Name).Where(name => !s_second.Contains($"{type.Name}.{name}"))];
        names.ShouldNotBeEmpty();
        names.Where(name => s_replaced.Values.Any(replaced => replaced.Contains(name)) || name.EndsWith("At", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void The_decision_has_the_same_table()
    {
        string[] lines = File.ReadAllLines(Hosting.ProjectRoot.File("docs", "decisions", "0022-one-name-for-one-thing.md"));
        foreach ((string name, string[] replaced) in s_replaced)
        {
            string line = lines.Where(text => text.StartsWith($"| `{name}` |", StringComparison.Ordinal)).ShouldHaveSingleItem(name);
            replaced.ShouldAllBe(other => line.Contains($"`{other}`", StringComparison.Ordinal), line);
        }
    }

    /// <summary>What the cmdlets write, and what is in it.</summary>
    internal static IEnumerable<Type> FindOutputTypes()
    {
        Assembly module = typeof(MailCmdlet).Assembly;
        var open = new Queue<Type>(module.GetTypes().SelectMany(type => type.GetCustomAttributes<OutputTypeAttribute>()).SelectMany(attribute => attribute.Type).Select(name => name.Type));
        var found = new HashSet<Type>();
        while (open.TryDequeue(out Type? type))
        {
            Type plain = Nullable.GetUnderlyingType(type) ?? type;
            foreach (Type argument in plain.IsGenericType ? plain.GetGenericArguments() : [])
            {
                open.Enqueue(argument);
            }
            if (plain.Namespace?.StartsWith("MailAdmin.", StringComparison.Ordinal) == true && !plain.IsGenericType && !plain.IsEnum && plain != typeof(Client.StringList) && plain != typeof(Client.NamedValues) && found.Add(plain))
            {
                foreach (PropertyInfo property in plain.GetProperties(BindingFlags.Public | BindingFlags.Instance))
                {
                    open.Enqueue(property.PropertyType);
                }
            }
        }
        return found.OrderBy(type => type.Name, StringComparer.Ordinal);
    }

    private static IEnumerable<string> GetLabels(XElement view) =>
        view.Descendants("Label").Select(label => label.Value);
}
