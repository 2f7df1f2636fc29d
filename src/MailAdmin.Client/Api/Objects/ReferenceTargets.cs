using System.Text.Json;
using System.Text.Json.Nodes;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Looks whether what an object names is there, of the kind that is meant, and of its tenant.</summary>
/// <param name="channel">The server.</param>
/// <param name="schema">The types.</param>
/// <param name="isNew">Whether an id stands for an object that would be made before.</param>
internal sealed class ReferenceTargets(JmapChannel channel, ObjectSchema schema, Func<string, bool> isNew)
{
    private const string TenantProperty = "memberTenantId";
    private const string GroupsProperty = "memberGroupIds";
    private const string Group = "Group";

    /// <summary>The first that is not; null where all are, or the account may not look.</summary>
    public async Task<ObjectReference?> FindMissingAsync(IReadOnlyList<FoundReference> references, JsonObject owner, CancellationToken cancellationToken)
    {
        string? tenant = owner[TenantProperty] is JsonValue value ? value.GetValue<string>() : null;
        foreach (FoundReference reference in references.Where(reference => !isNew(reference.Id)))
        {
            if (schema.Find(ReferenceReader.GetType(reference.Type)) is { IsSingleton: false } type && !await IsThereAsync(type, reference, tenant, cancellationToken).ConfigureAwait(false))
            {
                return new ObjectReference(type.Name, reference.Id);
            }
        }
        return null;
    }

    private async Task<bool> IsThereAsync(TypeSchema type, FoundReference reference, string? tenant, CancellationToken cancellationToken)
    {
        bool isOfTenant = tenant is not null && type.Shape.Properties.Any(property => property.Name == TenantProperty);
        string[] properties = ["id", .. type.Shape.HasVariants ? [ObjectShape.VariantMember] : Array.Empty<string>(), .. isOfTenant ? [TenantProperty] : Array.Empty<string>()];
        try
        {
            GetAnswer<JsonElement> answer = await channel.GetAsync(type.WireName, [reference.Id], static item => item.Clone(), cancellationToken, properties).ConfigureAwait(false);
            return answer.Items is [var target]
                && (GetVariant(reference) is not { } variant || target.GetText(ObjectShape.VariantMember) == variant)
                && (!isOfTenant || target.GetText(TenantProperty) == tenant);
        }
        catch (MailServerException e) when (e.Code is MailErrorCode.Forbidden or MailErrorCode.Unsupported)
        {
            return true;
        }
    }

    private static string? GetVariant(FoundReference reference) => reference.Type.Of.Split('/') is [_, var variant] ? variant : reference.Property == GroupsProperty ? Group : null;
}
