namespace MailAdmin.Sandbox.Configuration;

/// <summary>What a reload says of a setting: an error, which keeps all of them from being taken up, or a warning.</summary>
internal sealed record SettingsProblem(string Key, string Type, string Text);
