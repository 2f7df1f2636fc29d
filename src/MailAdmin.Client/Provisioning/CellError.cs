namespace MailAdmin.Client.Provisioning;

/// <summary>What is wrong with one cell, before its row and column are known.</summary>
/// <param name="ErrorId">A stable id.</param>
/// <param name="Message">What is wrong and what would be right.</param>
internal readonly record struct CellError(string ErrorId, CellMessage Message);
