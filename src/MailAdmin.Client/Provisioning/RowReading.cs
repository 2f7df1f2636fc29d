// One row, read.
namespace MailAdmin.Client;

/// <summary>One row, read.</summary>
/// <param name="Principal">What it wants; a cell at fault counts as not given.</param>
/// <param name="Faults">What is wrong with it; such a row is never sent.</param>
public sealed record RowReading(DesiredPrincipal Principal, IReadOnlyList<RowFault> Faults);
