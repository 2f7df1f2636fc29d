namespace MailAdmin.Sandbox;

/// <summary>The editions of the server: how it was built, and whether it has a licence.</summary>
public enum SandboxEdition
{
    /// <summary>Built without the Enterprise code, as distributions do: its routes do not exist, and tenants are principals like any other.</summary>
    Oss,

    /// <summary>The vendor's build without a licence: what needs one is refused.</summary>
    Community,

    /// <summary>The vendor's build with a licence.</summary>
    Enterprise,
}
