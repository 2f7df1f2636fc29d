using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Setting;

/// <summary>
/// Takes keys, settings, and what holds keys with their values: dictionaries, in their order, and objects with Key and Value. A dictionary is one
/// change: where one of its entries cannot be a setting, all of it is refused.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class SettingEntriesArgumentAttribute : IdentityArgumentAttribute<SettingIdentity>
{
    private const string DottedKeyAdvice = "Specify the full key of a setting: Get-MailSetting -Prefix {0} lists those that exist.";

    private protected override SettingIdentity? CreateIdentity(object value) => value switch
    {
        string key => SettingArgumentAttribute.CreateFromKey(key, DottedKeyAdvice),
        MailSetting setting => new SettingIdentity(setting),
        MailSettingProblem problem => new SettingIdentity(problem.Key),
        DictionaryEntry entry => CreateEntry(entry.Key, entry.Value, isFromTable: true),
        _ => null,
    };

    private protected override IEnumerable<SettingIdentity?> CreateIdentities(object value, object? wrapped)
    {
        if (value is IDictionary { Count: 0 })
        {
            throw new ArgumentException("The dictionary is empty. Write it as @{ 'a.key' = 'value' }.");
        }
        if (value is IDictionary table)
        {
            try
            {
                return CreateFromTable(table);
            }
            catch (ArgumentException e)
            {
                return [SettingIdentity.CreateInvalid(string.Join(", ", table.Keys.Cast<object>()), e.Message)];
            }
        }
        return [CreateIdentity(value) ?? CreateFromProperties(wrapped)];
    }

    private static List<SettingIdentity> CreateFromTable(IDictionary table)
    {
        if (IsOneEntry(table, out object? key, out object? value))
        {
            return [CreateEntry(key, value, isFromTable: true)];
        }
        var entries = new List<SettingIdentity>();
        var known = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table)
        {
            SettingIdentity identity = CreateEntry(entry.Key, entry.Value, isFromTable: true);
            if (!known.TryAdd(identity.Key, identity.Key))
            {
                throw new ArgumentException(
                    known[identity.Key] == identity.Key
                        ? $"The table has the key '{identity.Key}' twice."
                        : $"The table has '{known[identity.Key]}' and '{identity.Key}', which differ in case only: to the server these are two settings. Set each in a call of its own if both are meant.");
            }
            entries.Add(identity);
        }
        return entries;
    }

    // @{ Key = 'a.b'; Value = 'c' } is an object as Get-MailSetting returns it, not two settings.
    private static bool IsOneEntry(IDictionary table, out object? key, out object? value)
    {
        (key, value) = (null, null);
        bool hasKey = false;
        bool hasValue = false;
        foreach (DictionaryEntry entry in table)
        {
            string name = entry.Key as string ?? "";
            if (name.Equals("Key", StringComparison.OrdinalIgnoreCase))
            {
                (hasKey, key) = (true, entry.Value);
            }
            else if (name.Equals("Value", StringComparison.OrdinalIgnoreCase))
            {
                (hasValue, value) = (true, entry.Value);
            }
        }
        return hasKey && hasValue && table.Count == 2;
    }

    // An empty cell is an error of its row, which the cmdlet writes. What stays unconverted PowerShell would quote, its value too.
    private static SettingIdentity? CreateFromProperties(object? item)
    {
        if (item is not PSObject { ImmediateBaseObject: PSCustomObject } custom || !custom.Properties.Any())
        {
            return null;
        }
        return custom.Properties["Key"] is not { } key
            ? SettingIdentity.CreateInvalid("object", $"An object with the properties {string.Join(", ", custom.Properties.Select(property => property.Name))} is no setting: it needs Key and Value.")
            : custom.Properties["Value"] is { Value: not null and not "" } value
                ? CreateEntry(key.Value, value.Value, isFromTable: false)
                : key.Value.Unwrap() is string { Length: > 0 } text ? SettingArgumentAttribute.CreateFromKey(text, DottedKeyAdvice) : null;
    }

    private static SettingIdentity CreateEntry(object? key, object? value, bool isFromTable)
    {
        if (key.Unwrap() is not string text)
        {
            throw new ArgumentException($"'{InputText.Format(key)}' is not the key of a setting: a key is a text such as 'server.hostname'.");
        }
        SettingIdentity identity = SettingArgumentAttribute.CreateFromKey(text, DottedKeyAdvice);
        return value.Unwrap() switch
        {
            null => throw new ArgumentException($"There is no value for '{identity}'. To delete it: Remove-MailSetting {QuotedText.Quote(identity.Key)}"),
            IDictionary => throw new ArgumentException($"The value of '{identity}' is a table. Keys are flat: write each as '{identity}.name' = value."),
            not string and IEnumerable => throw new ArgumentException($"The value of '{identity}' is a list. Each item is a setting of its own, with a key such as '{identity}.0000'."),
            var one => new SettingIdentity(identity.Key, SettingText.Create(one)!, isFromTable),
        };
    }
}
