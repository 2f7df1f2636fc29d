// A column that is read.
namespace MailAdmin.Client;

/// <summary>A column that is read.</summary>
/// <param name="Index">Its place in the row, from 0.</param>
/// <param name="Header">Its header as the file has it.</param>
/// <param name="Field">What it says.</param>
public sealed record MappedColumn(int Index, string Header, ImportField Field);
