namespace MailAdmin.Client.Provisioning;

/// <summary>What a server would refuse whatever else is in the row: locales that it does not have, and names that no new domain can have. Asked once for each value; nothing is sent of it.</summary>
internal sealed class ValueRefusals
{
    private readonly Dictionary<string, MailServerException> _locales = new(StringComparer.Ordinal);
    private readonly Dictionary<string, MailServerException> _domains = new(StringComparer.OrdinalIgnoreCase);

    private ValueRefusals()
    {
    }

    /// <summary>Asks for the values of a table.</summary>
    /// <param name="dryRun">Fails where the server would; null where nothing can be asked so.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="directory">What is on the server.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task<ValueRefusals> ReadAsync(PrincipalResource? dryRun, IReadOnlyList<ParsedRow> rows, DirectoryState directory, CancellationToken cancellationToken)
    {
        var refusals = new ValueRefusals();
        if (dryRun is null)
        {
            return refusals;
        }
        foreach (string domain in rows.Where(row => row.Spec.Type == PrincipalType.Domain && row.Spec.Name.Length > 0).Select(row => row.Spec.Name).Distinct().Where(name => directory.Find(name) is null))
        {
            await AddAsync(refusals._domains, domain, new NewPrincipal { Type = PrincipalType.Domain, Name = domain }, PrincipalField.Name).ConfigureAwait(false);
        }
        // A locale is looked at with a group that could be.
        string? home = directory.Principals.FirstOrDefault(principal => principal.Type == PrincipalType.Domain)?.Name;
        foreach (string locale in home is null ? [] : rows.Select(row => row.Spec.Locale).OfType<string>().Where(locale => locale.Length > 0).Distinct())
        {
            await AddAsync(refusals._locales, locale, new NewPrincipal { Type = PrincipalType.Group, Name = $"locale@{home}", Locale = locale }, PrincipalField.Locale).ConfigureAwait(false);
        }
        return refusals;

        async Task AddAsync(Dictionary<string, MailServerException> found, string value, NewPrincipal principal, string field)
        {
            try
            {
                await dryRun.CreateAsync(principal, cancellationToken).ConfigureAwait(false);
            }
            catch (MailServerException e) when (e.Field == field)
            {
                found[value] = e;
            }
            catch (MailServerException e) when (e.Code is MailErrorCode.Forbidden or MailErrorCode.AlreadyExists or MailErrorCode.RejectedByClient)
            {
                // It says nothing of the value.
            }
        }
    }

    /// <summary>Why a planned row would be refused for such a value; null if it would not.</summary>
    public MailServerException? Find(PlannedRow row)
    {
        string? locale = row.NewPrincipal?.Locale ?? row.PrincipalChanges.LastOrDefault(change => change.Field == PrincipalField.Locale)?.Text;
        return locale is not null && _locales.GetValueOrDefault(locale) is { } refused ? refused
            : row.NewPrincipal is { } made && made.Type == PrincipalType.Domain ? _domains.GetValueOrDefault(made.Name)
            : null;
    }
}
