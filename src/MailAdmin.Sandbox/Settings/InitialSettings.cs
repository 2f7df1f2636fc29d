namespace MailAdmin.Sandbox.Settings;

/// <summary>The settings that a server starts with.</summary>
internal static class InitialSettings
{
    public static void Apply(SettingsStore settings, SandboxOptions options)
    {
        settings.Set("authentication.fallback-admin.user", options.AdminName);
        settings.Set("authentication.fallback-admin.secret", options.AdminPassword);
        settings.Set("server.hostname", options.HostName);
        if (options.Empty)
        {
            AddListener(settings, "http", "http", "127.0.0.1:8080");
            AddListener(settings, "smtp", "smtp", "127.0.0.1:2525");
            AddListener(settings, "submission", "smtp", "127.0.0.1:2526");
        }
        else
        {
            AddListener(settings, "https", "http", "[::]:443", isTls: true);
            AddListener(settings, "imaptls", "imap", "[::]:993", isTls: true);
            AddListener(settings, "smtp", "smtp", "[::]:25");
            AddListener(settings, "submission", "smtp", "[::]:587");
            AddListener(settings, "submissions", "smtp", "[::]:465", isTls: true);
            settings.Set("spam-filter.pyzor.enable", "false");
            settings.Set("tracer.log.type", "log");
            settings.Set("tracer.log.level", "info");
        }
    }

    private static void AddListener(SettingsStore settings, string id, string protocol, string address, bool isTls = false)
    {
        settings.Set($"server.listener.{id}.bind.0000", address);
        settings.Set($"server.listener.{id}.protocol", protocol);
        if (isTls)
            settings.Set($"server.listener.{id}.tls.implicit", "true");
    }
}
