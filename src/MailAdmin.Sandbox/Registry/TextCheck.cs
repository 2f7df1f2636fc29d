namespace MailAdmin.Sandbox.Registry;

/// <summary>What a text has to be, or how it is tidied before it is stored.</summary>
internal enum TextCheck
{
    Trim,
    NoSpaces,
    Lower,
    Upper,
    Email,
    LocalPart,
    Domain,
    Hostname,
}
