namespace MailAdmin.Sandbox.Settings;

/// <summary>A setting that cannot be taken up.</summary>
internal sealed record SettingsError(string Key, string Type, string Text);
