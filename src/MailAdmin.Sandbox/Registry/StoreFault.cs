namespace MailAdmin.Sandbox.Registry;

/// <summary>Why an object cannot be stored or removed.</summary>
internal enum StoreFault
{
    Invalid,
    Missing,
    Taken,
    Linked,
}
