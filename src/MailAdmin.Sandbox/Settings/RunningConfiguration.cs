namespace MailAdmin.Sandbox.Settings;

/// <summary>What the server works with: settings act from the next reload that finds no error, not when they are written.</summary>
internal sealed class RunningConfiguration
{
    private static readonly HashSet<string> TracerTypes = new(StringComparer.Ordinal) { "log", "stdout", "console", "journal", "open-telemetry" };

    private readonly SettingsStore settings;
    private volatile Fallback fallback = new(null, null);

    public RunningConfiguration(SettingsStore settings)
    {
        this.settings = settings;
        Apply();
    }

    public string? FallbackUser => fallback.User;

    public string? FallbackSecret => fallback.Secret;

    /// <summary>Takes the settings up as they are.</summary>
    public void Apply() => 
        fallback = new Fallback(settings["authentication.fallback-admin.user"], settings["authentication.fallback-admin.secret"]);

    /// <summary>What is wrong with the settings. Checking ends after the first stage with errors: tracers, then the rest.</summary>
    public IReadOnlyList<SettingsError> Check()
    {
        var tracers = CheckTracers().ToArray();
        return tracers.Length > 0 ? tracers : [.. CheckRest()];
    }

    private IEnumerable<SettingsError> CheckTracers() =>
        from pair in settings.Below("tracer")
        where pair.Key.EndsWith(".type", StringComparison.Ordinal) && !TracerTypes.Contains(pair.Value)
        select new SettingsError($"tracer.{pair.Key}", "parse", $"Unknown tracer type: {pair.Value}");

    /// <summary>The sandbox resolves no names: a spam filter that asks Pyzor, as it does unless told otherwise, cannot be built.</summary>
    private IEnumerable<SettingsError> CheckRest()
    {
        if (settings["spam-filter.pyzor.enable"] != "false")
            yield return new SettingsError("spam-filter.pyzor.host", "build", "Invalid address: failed to lookup address information");
    }

    private sealed record Fallback(string? User, string? Secret);
}
