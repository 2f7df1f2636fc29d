namespace MailAdmin.PowerShell.Cmdlets.Provisioning;

/// <summary>A file to import.</summary>
/// <param name="Given">The path as it was specified.</param>
/// <param name="FullPath">The path in the file system.</param>
internal sealed record ImportPath(string Given, string FullPath);
