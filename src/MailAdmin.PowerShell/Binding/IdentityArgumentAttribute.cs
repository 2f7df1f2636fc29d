// What identifies a target is a string or an object of its kind, and nothing else: a string parameter would swallow any object.
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Turns texts and objects into identities. Anything else is handed back unchanged: as a value it then fails to bind, and binding by a
/// property gets its turn.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class IdentityArgumentAttribute<TIdentity> : ArgumentTransformationAttribute
    where TIdentity : class
{
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = Unwrap(inputData);
        try
        {
            if (ToIdentity(plain) is { } identity)
            {
                return new[] { identity };
            }
            if (plain is IReadOnlyList<object> { Count: > 0 } several)
            {
                TIdentity?[] made = [.. several.Select(item => ToIdentity(Unwrap(item)))];
                return made.All(item => item is not null) ? made : inputData;
            }
            return inputData;
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <summary>The identity, or null for an object of another kind.</summary>
    /// <exception cref="ArgumentException">It is of the right kind and identifies nothing.</exception>
    private protected abstract TIdentity? CreateIdentity(object value);

    private TIdentity? ToIdentity(object? value) => value switch
    {
        null => null,
        TIdentity identity => identity,
        _ => CreateIdentity(value),
    };

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
