using MailAdmin.Sandbox.Dkim;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Configuration;

/// <summary>The settings in effect: a change is applied by the next reload without an error, not when it is written.</summary>
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

    /// <summary>The tracer that writes the log; null without one.</summary>
    public LogTracer? Log => _log;

    /// <summary>A setting under <c>spam-filter</c>.</summary>
    public string? GetSpamFilterSetting(string key) => _spamFilter.GetValueOrDefault(key);

    /// <summary>Applies the current settings.</summary>
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

    /// <summary>The signatures for mail from a domain: one of each algorithm, by their default ids.</summary>
    public IEnumerable<DkimSigner> GetSigners(string domain) =>
        new[] { $"rsa-{domain}", $"ed25519-{domain}" }.Select(id => _signers.GetValueOrDefault(id)).OfType<DkimSigner>();

    /// <summary>The errors in the settings. Validation ends after the first stage with errors: tracers, then the rest.</summary>
    public IReadOnlyList<SettingsProblem> Validate()
    {
        SettingsProblem[] tracers = ValidateTracers().ToArray();
        return tracers.Length > 0 ? tracers : [.. ValidateSpamFilter()];
    }

    /// <summary>The warnings: a webhook without events is ignored.</summary>
    public IReadOnlyList<SettingsProblem> GetWarnings() =>
    [
        .. from pair in _settings.GetSection("webhook")
           where pair.Key.EndsWith(".url", StringComparison.Ordinal)
           let id = pair.Key[..^".url".Length]
           where !_settings.GetSection($"webhook.{id}").Any(field => field.Key == "events" || field.Key.StartsWith("events.", StringComparison.Ordinal))
           select new SettingsProblem($"webhook.{id}", "build", "The webhook asks for no events")
    ];

    /// <summary>A signature of the settings; null if its key is invalid.</summary>
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

    /// <summary>The sandbox resolves no names: a spam filter that uses Pyzor, which is the default, is an error.</summary>
    private IEnumerable<SettingsProblem> ValidateSpamFilter()
    {
        if (_settings["spam-filter.pyzor.enable"] != "false")
        {
            yield return new SettingsProblem("spam-filter.pyzor.host", "build", "Invalid address: failed to lookup address information");
        }
    }

    private sealed record FallbackAdministrator(string? User, string? Secret);
}
