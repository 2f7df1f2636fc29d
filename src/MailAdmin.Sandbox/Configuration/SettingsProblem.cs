namespace MailAdmin.Sandbox.Configuration;

/// <summary>A problem that a reload reports about a setting: an error, which prevents all settings from being applied, or a warning.</summary>
internal sealed record SettingsProblem(string Key, string Type, string Text);
