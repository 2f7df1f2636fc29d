namespace MailAdmin.Client;

/// <summary>Settings, or groups of them, and how many there are in all.</summary>
/// <param name="Total">How many the server has.</param>
/// <param name="Items">Those of this page, in the server's order.</param>
/// <typeparam name="T">What it lists.</typeparam>
public sealed record SettingPage<T>(long Total, IReadOnlyList<T> Items);
