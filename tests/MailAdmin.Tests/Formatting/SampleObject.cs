using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using MailAdmin.Client;

namespace MailAdmin.Tests.Formatting;

/// <summary>Makes objects of the output types with a value in each of their fields, whatever they are.</summary>
internal sealed class SampleObject
{
    /// <summary>What each text is.</summary>
    public required string Text { get; init; }

    /// <summary>What each time is.</summary>
    public DateTimeOffset Time { get; init; } = DateTimeOffset.UnixEpoch;

    /// <summary>What each duration is.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>What a number in a field of this type and name is; 3 where it says nothing.</summary>
    public Func<Type, string, object?> Number { get; init; } = (_, _) => null;

    public object Create(Type type) => Create(type, 0);

    private object Create(Type type, int depth)
    {
        object made = RuntimeHelpers.GetUninitializedObject(type);
        for (Type? level = type; level is not null && level != typeof(object); level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
            {
                if (CreateValue(field.FieldType, field.Name, depth) is { } value)
                {
                    field.SetValue(made, value);
                }
            }
        }
        return made;
    }

    private object? CreateValue(Type type, string name, int depth)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain switch
        {
            _ when plain == typeof(string) || plain == typeof(object) => Text,
            _ when plain == typeof(StringList) => new StringList([Text, Text]),
            _ when plain == typeof(DateTimeOffset) => Time,
            _ when plain == typeof(TimeSpan) => Duration,
            _ when plain == typeof(Uri) => new Uri("https://mail.example.org"),
            _ when plain == typeof(Version) => new Version(0, 15, 5),
            _ when plain == typeof(System.Net.IPAddress) => System.Net.IPAddress.Loopback,
            _ when plain == typeof(bool) => true,
            _ when plain.IsPrimitive => Convert.ChangeType(Number(plain, name.TrimStart('<').Split('>')[0]) ?? 3, plain, CultureInfo.InvariantCulture),
            _ when plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(ItemList<>) => CreateItems(plain, depth),
            _ when plain.IsGenericType && plain.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) => CreateArray(plain.GetGenericArguments()[0], depth),
            _ when plain == typeof(NamedValues) => new NamedValues(new Dictionary<string, object?> { [Text] = Text }),
            _ when plain.IsInterface || plain.IsAbstract || plain.IsEnum || plain.IsArray || depth > 2 => null,
            // Words that a server may add to, and records within records.
            _ when plain.Assembly == typeof(MailClient).Assembly && plain != typeof(MailClient) => Create(plain, depth + 1),
            _ => null,
        };
    }

    private object? CreateItems(Type list, int depth) => CreateArray(list.GetGenericArguments()[0], depth) is { } items ? Activator.CreateInstance(list, items) : null;

    private Array? CreateArray(Type element, int depth)
    {
        if (CreateValue(element, "", depth + 1) is not { } item)
        {
            return null;
        }
        var array = Array.CreateInstance(element, 2);
        array.SetValue(item, 0);
        array.SetValue(item, 1);
        return array;
    }
}
