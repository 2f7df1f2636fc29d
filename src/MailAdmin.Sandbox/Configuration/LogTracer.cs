using MailAdmin.Sandbox.Events;
using MailAdmin.Sandbox.Settings;

namespace MailAdmin.Sandbox.Configuration;

/// <summary>The tracer that writes a log, as the settings describe it.</summary>
internal sealed record LogTracer(LogLevel Level)
{
    /// <summary>The first one of type <c>log</c> that is not switched off.</summary>
    public static LogTracer? Find(SettingsStore settings) => settings.GetSection("tracer")
        .Where(pair => pair.Key.EndsWith(".type", StringComparison.Ordinal) && pair.Value == "log")
        .Select(pair => $"tracer.{pair.Key[..^".type".Length]}")
        .Where(tracer => settings[$"{tracer}.enable"] != "false")
        .Select(tracer => new LogTracer(LogLevels.Parse(settings[$"{tracer}.level"])))
        .FirstOrDefault();
}
