// Makes identities of names and principals, and of nothing else.
using System.Management.Automation;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>
/// Turns names and MailPrincipals into identities. Anything else is handed back unchanged: as a value it then fails to bind, and binding by
/// the property Name gets its turn.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PrincipalIdentityArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        object? plain = Unwrap(inputData);
        return plain switch
        {
            string or MailPrincipal or PrincipalIdentity => new[] { ToIdentity(plain) },
            object[] { Length: > 0 } several when several.All(IsIdentity) => several.Select(item => ToIdentity(Unwrap(item)!)).ToArray(),
            _ => inputData,
        };
    }

    private static bool IsIdentity(object? item) => Unwrap(item) is string or MailPrincipal or PrincipalIdentity;

    private static object? Unwrap(object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;

    private static PrincipalIdentity ToIdentity(object value)
    {
        try
        {
            return value switch
            {
                MailPrincipal principal => new PrincipalIdentity(principal),
                PrincipalIdentity identity => identity,
                _ => new PrincipalIdentity((string)value),
            };
        }
        catch (ArgumentException e)
        {
            throw new ArgumentTransformationMetadataException(e.Message, e);
        }
    }
}
