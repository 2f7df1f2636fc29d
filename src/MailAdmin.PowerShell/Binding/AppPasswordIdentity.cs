// What names an app password: what a person called it, the stored name, or the object.
using System.Management.Automation;
using MailAdmin.Client.Models.Account;
using MailAdmin.PowerShell.Cmdlets.Account;

namespace MailAdmin.PowerShell.Binding;

/// <summary>An app password of the signed-in account, by name or as the object.</summary>
public sealed class AppPasswordIdentity
{
    // Not public: PowerShell would make an identity of anything that converts to text.
    internal AppPasswordIdentity(string name, bool isRaw)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            throw new ArgumentException("An empty name identifies no app password.", nameof(name));
        }
        (Name, IsRaw) = (name, isRaw);
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Whether it is the stored name for certain.</summary>
    internal bool IsRaw { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>Makes identities of names and app passwords; anything else is handed back, so that binding by property gets its turn.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AppPasswordArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            object? plain = Unwrap(inputData);
            if (One(plain) is { } identity)
            {
                return new[] { identity };
            }
            if (plain is object[] { Length: > 0 } several)
            {
                AppPasswordIdentity?[] made = [.. several.Select(item => One(Unwrap(item)))];
                return made.All(item => item is not null) ? made : inputData;
            }
            return inputData;
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static AppPasswordIdentity? One(object? value) => value switch
    {
        AppPasswordIdentity identity => identity,
        string name => new AppPasswordIdentity(name.Trim(), isRaw: false),
        MailAppPasswordName held => new AppPasswordIdentity(held.RawName, isRaw: true),
        MailAppPassword made => new AppPasswordIdentity(made.RawName, isRaw: true),
        _ => null,
    };
}
