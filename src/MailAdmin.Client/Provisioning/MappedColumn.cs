namespace MailAdmin.Client.Provisioning;

/// <summary>A column that is read.</summary>
/// <param name="Index">Its position in the row, from 0.</param>
/// <param name="Header">Its header as it is in the table.</param>
/// <param name="Field">What it holds.</param>
internal sealed record MappedColumn(int Index, string Header, ImportField Field);
