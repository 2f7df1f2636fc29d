using System.Text.Json;
using MailAdmin.Client.Api.Objects;
using MailAdmin.Sandbox.Jmap;
using MailAdmin.Sandbox.Registry;

namespace MailAdmin.Tests.Objects;

/// <summary>The schema that the sandbox serves, as the client reads it.</summary>
internal static class SandboxSchema
{
    public static ObjectSchema Value { get; } = Read();

    private static ObjectSchema Read()
    {
        var reader = new Utf8JsonReader(JsonSerializer.SerializeToUtf8Bytes(SchemaDocument.Write(RegistrySchema.Default)));
        reader.Read();
        return ObjectSchema.Read(ref reader);
    }
}
