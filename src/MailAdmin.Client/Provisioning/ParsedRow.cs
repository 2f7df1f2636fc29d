// One row, read.
namespace MailAdmin.Client;

/// <summary>One row, read.</summary>
/// <param name="Spec">What it wants; a cell at fault counts as not given.</param>
/// <param name="Errors">What is wrong with it; such a row is never sent.</param>
public sealed record ParsedRow(PrincipalSpec Spec, IReadOnlyList<RowError> Errors);
