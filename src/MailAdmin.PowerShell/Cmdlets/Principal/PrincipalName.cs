using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>The name or address of a principal that belongs to what is written or looked for: of a group, a member, a role, a tenant.</summary>
public sealed class PrincipalName : ServerIdentity
{
    // Not public: PowerShell would make a name of anything that converts to text.
    internal PrincipalName(string text) => Text = text;

    /// <summary>The name or address as specified.</summary>
    public string Text { get; }

    /// <inheritdoc/>
    internal override bool IsTarget => false;

    /// <inheritdoc/>
    public override string ToString() => Text;
}

/// <summary>A principal's name, as a text or the principal.</summary>
internal sealed class PrincipalNameArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => new PrincipalName(InputText.Format(value)) { Server = ObjectServer.Find(value) };
}

/// <summary>Names of principals: texts and principals, or a cell whose names are separated by <c>;</c>.</summary>
internal sealed class PrincipalNameListArgumentAttribute : ItemListArgumentAttribute<PrincipalName>
{
    private protected override PrincipalName ConvertItem(string item, object? source) => new(item) { Server = ObjectServer.Find(source) };
}

/// <summary>Names as the server takes them.</summary>
internal static class PrincipalNameExtensions
{
    public static string[]? ToTexts(this PrincipalName[]? names) => names?.Select(name => name.Text).ToArray();
}
