using System.Diagnostics.CodeAnalysis;
using MailAdmin.Client;

namespace MailAdmin.PowerShell.Binding;

/// <summary>A value that cannot be read: to convert it to the type of a parameter fails, and says why.</summary>
/// <param name="text">The value.</param>
/// <param name="error">Why it cannot be read.</param>
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "PowerShell looks for the operators alone.")]
[SuppressMessage("Design", "CA1065:Do not raise exceptions in unexpected locations", Justification = "That is what it is for.")]
internal sealed class UnreadableCell(string text, Exception error)
{
    public static explicit operator long(UnreadableCell cell) => throw cell.Error;

    public static explicit operator PrincipalType(UnreadableCell cell) => throw cell.Error;

    private Exception Error { get; } = error;

    public override string ToString() => text;
}
