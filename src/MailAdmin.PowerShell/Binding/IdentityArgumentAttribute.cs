// A target is identified by a string or an object of its type, and nothing else: a parameter of type string would accept any object.
using System.Collections;
using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>
/// Turns texts, objects and lists of them into identities. A row (an object with properties only) is returned unchanged: as a value it then fails to
/// bind, and PowerShell binds it by property name. Objects that were made for something else are refused: a process has a Name and an Id, too.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal abstract class IdentityArgumentAttribute<TIdentity> : ArgumentTransformationAttribute
    where TIdentity : class
{
    public sealed override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        try
        {
            TIdentity?[] identities = GetItems(inputData) is { } items ? [.. items.Cast<object?>().SelectMany(ToIdentities)] : [.. ToIdentity(inputData)];
            return identities.Length > 0 && identities.All(identity => identity is not null) ? identities : inputData;
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }

    /// <summary>The identity, or null for an object of another type.</summary>
    /// <exception cref="ArgumentException">It is of the right type and identifies nothing.</exception>
    private protected abstract TIdentity? CreateIdentity(object value);

    /// <summary>The identities of one object, where it may hold several.</summary>
    /// <param name="value">The object.</param>
    /// <param name="wrapped">The object as PowerShell has it, with its properties.</param>
    /// <exception cref="ArgumentException">It is of the right type and identifies nothing.</exception>
    private protected virtual IEnumerable<TIdentity?> CreateIdentities(object value, object? wrapped) => [CreateIdentity(value)];

    // A list may contain lists, as $one.Member, $other.Member does; those contain only identities.
    private IEnumerable<TIdentity?> ToIdentities(object? item) => GetItems(item) is { } items ? items.Cast<object?>().SelectMany(ToIdentity) : ToIdentity(item);

    // A list is what the pipeline would take apart: a HashSet and the keys of a hashtable too, a text or a hashtable not.
    private static IEnumerable? GetItems(object? value) => LanguagePrimitives.GetEnumerable(value.Unwrap());

    private IEnumerable<TIdentity?> ToIdentity(object? value) => value.Unwrap() switch
    {
        null => [null],
        TIdentity identity => [identity],
        var unwrapped => [.. CreateIdentities(unwrapped, value).Select(identity => AddServer(identity, unwrapped) ?? ThrowIfForeign(value))],
    };

    private static TIdentity? AddServer(TIdentity? identity, object named)
    {
        if (identity is ServerIdentity known)
        {
            known.Server = ObjectServer.Find(named);
        }
        return identity;
    }

    private static TIdentity? ThrowIfForeign(object? value) => PipelineObject.FindForeignType(value) is { } type
        ? throw new ArgumentException($"An object of the type {type} is not accepted here. Specify a text, or the property that is meant, such as ForEach-Object Name.")
        : null;
}
