namespace MailAdmin.Sandbox.Settings;

/// <summary>The settings of a fresh installation.</summary>
internal static class InitialSettings
{
    public static void Apply(SettingsStore settings, SandboxOptions options)
    {
        settings.Set("authentication.fallback-admin.user", options.AdminName);
        settings.Set("authentication.fallback-admin.secret", options.AdminPassword);
        settings.Set("server.hostname", options.HostName);
        settings.Set("server.listener.http.bind.0000", "127.0.0.1:8080");
        settings.Set("server.listener.http.protocol", "http");
        settings.Set("server.listener.smtp.bind.0000", "127.0.0.1:2525");
        settings.Set("server.listener.smtp.protocol", "smtp");
        settings.Set("server.listener.submission.bind.0000", "127.0.0.1:2526");
        settings.Set("server.listener.submission.protocol", "smtp");
    }
}
