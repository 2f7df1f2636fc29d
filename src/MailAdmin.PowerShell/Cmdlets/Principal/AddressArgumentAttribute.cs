using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;

namespace MailAdmin.PowerShell.Cmdlets.Principal;

/// <summary>A list of addresses, each of which may come as <c>mailto:</c> or <c>Name &lt;address&gt;</c>, as in a cell of an import.</summary>
internal sealed class AddressListArgumentAttribute : ItemListArgumentAttribute<string>
{
    private protected override string ConvertItem(string item, object? source) => MailAddress.Unwrap(item);
}

/// <summary>An address, which may come as <c>mailto:</c> or <c>Name &lt;address&gt;</c>.</summary>
internal sealed class AddressArgumentAttribute : CellTransformationAttribute
{
    private protected override object ConvertValue(object value) => MailAddress.Unwrap(value.ToString() ?? "");
}
