using System.Text.Json;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>The key that ID tokens are signed with.</summary>
internal interface IIdTokenKey
{
    /// <summary>What the header of a token names.</summary>
    string Algorithm { get; }

    byte[] Sign(byte[] content);

    /// <summary>Writes the members that are its own in the published key set.</summary>
    void WriteMembers(Utf8JsonWriter json);
}
