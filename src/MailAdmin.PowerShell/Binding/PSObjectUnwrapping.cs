using System.Management.Automation;

namespace MailAdmin.PowerShell.Binding;

/// <summary>PowerShell wraps what passes through a pipeline or a variable.</summary>
internal static class PSObjectUnwrapping
{
    /// <summary>The object in the wrapper. An object that has only properties (<c>[pscustomobject]</c>) stays as it is.</summary>
    public static object? Unwrap(this object? value) => value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
}
