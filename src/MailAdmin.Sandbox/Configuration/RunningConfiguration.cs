using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Configuration;

/// <summary>What the server works with: settings act from the next reload that finds no error, not when they are written.</summary>
internal sealed class RunningConfiguration
{
    private static readonly HashSet<string> s_tracerTypes = new(StringComparer.Ordinal) { "log", "stdout", "console", "journal", "open-telemetry" };

    private readonly SettingsStore _settings;
    private volatile FallbackAdministrator _fallback = new(null, null);
    private volatile Dictionary<string, DkimSigner?> _signers = [];
    private volatile Dictionary<string, string> _spamFilter = [];
    private volatile LogTracer? _log;

    public RunningConfiguration(SettingsStore settings)
    {
        _settings = settings;
        Apply();
    }

    public string? FallbackUser => _fallback.User;

    public string? FallbackSecret => _fallback.Secret;

    /// <summary>The log that is written; null without one.</summary>
    public LogTracer? Log => _log;

    /// <summary>A setting below <c>spam-filter</c>.</summary>
    public string? GetSpamFilterSetting(string key) => _spamFilter.GetValueOrDefault(key);

    /// <summary>Takes the settings up as they are.</summary>
    public void Apply()
    {
        _fallback = new FallbackAdministrator(_settings["authentication.fallback-admin.user"], _settings["authentication.fallback-admin.secret"]);
        _signers = _settings.GetSection("signature")
            .Where(pair => pair.Key.EndsWith(".private-key", StringComparison.Ordinal))
            .Select(pair => pair.Key[..^".private-key".Length])
            .ToDictionary(id => id, id => CreateSigner(id), StringComparer.Ordinal);
        _spamFilter = _settings.GetSection("spam-filter").ToDictionary(StringComparer.Ordinal);
        _log = LogTracer.Find(_settings);
    }

    /// <summary>The signatures that mail from a domain gets: one of each kind, by their usual names.</summary>
    public IEnumerable<DkimSigner> GetSigners(string domain) =>
        new[] { $"rsa-{domain}", $"ed25519-{domain}" }.Select(id => _signers.GetValueOrDefault(id)).OfType<DkimSigner>();

    /// <summary>What is wrong with the settings. Checking ends after the first stage with errors: tracers, then the rest.</summary>
    public IReadOnlyList<SettingsProblem> Validate()
    {
        SettingsProblem[] tracers = ValidateTracers().ToArray();
        return tracers.Length > 0 ? tracers : [.. ValidateSpamFilter()];
    }

    /// <summary>What is odd and yet no error: a webhook that asks for no events is left out.</summary>
    public IReadOnlyList<SettingsProblem> GetWarnings() =>
    [
        .. from pair in _settings.GetSection("webhook")
           where pair.Key.EndsWith(".url", StringComparison.Ordinal)
           let id = pair.Key[..^".url".Length]
           where !_settings.GetSection($"webhook.{id}").Any(field => field.Key == "events" || field.Key.StartsWith("events.", StringComparison.Ordinal))
           select new SettingsProblem($"webhook.{id}", "build", "The webhook asks for no events")
    ];

    /// <summary>A signature of the settings; null if its key is none.</summary>
    private DkimSigner? CreateSigner(string id)
    {
        (string? key, string? algorithm) = (_settings[$"signature.{id}.private-key"]!, _settings[$"signature.{id}.algorithm"]);
        if (DkimKeys.GetPublicKey(algorithm, key) is null || _settings[$"signature.{id}.domain"] is not { } domain || _settings[$"signature.{id}.selector"] is not { } selector)
        {
            return null;
        }

        string[] headers = _settings.GetSection($"signature.{id}.headers").Select(pair => pair.Value).ToArray();
        return new DkimSigner(domain, selector, algorithm!, key, headers.Length > 0 ? headers : DkimEndpoint.SignedHeaders);
    }

    private IEnumerable<SettingsProblem> ValidateTracers() =>
        from pair in _settings.GetSection("tracer")
        where pair.Key.EndsWith(".type", StringComparison.Ordinal) && !s_tracerTypes.Contains(pair.Value)
        select new SettingsProblem($"tracer.{pair.Key}", "parse", $"Unknown tracer type: {pair.Value}");

    /// <summary>The sandbox resolves no names: a spam filter that asks Pyzor, as it does unless told otherwise, cannot be built.</summary>
    private IEnumerable<SettingsProblem> ValidateSpamFilter()
    {
        if (_settings["spam-filter.pyzor.enable"] != "false")
        {
            yield return new SettingsProblem("spam-filter.pyzor.host", "build", "Invalid address: failed to lookup address information");
        }
    }

    private sealed record FallbackAdministrator(string? User, string? Secret);
}
