using System.Text.Json;
using System.Text.Json.Nodes;

namespace MailAdmin.Client.Api.Objects;

/// <summary>Writes values of objects for people, as questions and -WhatIf show them. Secrets are hidden.</summary>
internal sealed class ObjectText(ObjectSchema schema)
{
    /// <summary>What stands for no value.</summary>
    public const string Nothing = "(nothing)";

    private const int MaxShown = 200;
    private const string Hidden = "(hidden)";
    private const string Mask = "****";

    /// <summary>Whether a secret is in it that the server does not show.</summary>
    public static bool HoldsSecrets(JsonNode? value) => value switch
    {
        JsonObject members => members.Any(member => HoldsSecrets(member.Value)),
        JsonValue one => one.GetValueKind() == JsonValueKind.String && one.GetValue<string>() == Mask,
        _ => false,
    };

    /// <summary>A value; null as <see cref="Nothing"/>.</summary>
    public string Show(JsonNode? value, ObjectValueType? kind)
    {
        string text = value is null ? Nothing : kind is null ? Shorten(value) : ShowKnown(value, kind);
        return text.Length > MaxShown ? text[..MaxShown] + "…" : text;
    }

    private string ShowKnown(JsonNode value, ObjectValueType kind) => kind.Kind switch
    {
        ValueKind.Secret => Hidden,
        ValueKind.Set when value is JsonObject items => items.Count == 0 ? Nothing : string.Join(", ", items.Select(item => item.Key)),
        ValueKind.Duration when value.GetValueKind() == JsonValueKind.Number && value.AsValue().TryGetValue(out long milliseconds) && milliseconds < TimeSpan.MaxValue.TotalMilliseconds => TimeSpan.FromMilliseconds(milliseconds).ToString("c"),
        ValueKind.Object when value is JsonObject members => ShowMembers(schema.GetShape(kind), members),
        ValueKind.List when value is JsonObject items => items.Count == 0 ? Nothing : string.Join("; ", items.Select(item => ShowMembers(schema.GetShape(kind), item.Value!.AsObject()))),
        _ => Shorten(value),
    };

    /// <summary>The members of an object, or of a part of one.</summary>
    public string ShowMembers(ObjectShape shape, JsonObject members)
    {
        IReadOnlyDictionary<string, PropertySchema> form = shape.GetForm(members[ObjectShape.VariantMember] is JsonValue said && said.GetValueKind() == JsonValueKind.String ? said.GetValue<string>() : null);
        return $"{{{string.Join("; ", members.Where(member => member.Value is not null).Select(member => $"{member.Key}={Show(member.Value, form.GetValueOrDefault(member.Key)?.Type)}"))}}}";
    }

    private static string Shorten(JsonNode value) => value.GetValueKind() switch
    {
        JsonValueKind.String => value.GetValue<string>() is var text && text == Mask ? Hidden : text,
        JsonValueKind.Object when HoldsSecrets(value) => Hidden,
        JsonValueKind.Object => value.AsObject().Count == 0 ? Nothing : value.ToJsonString(),
        _ => value.ToJsonString(),
    };
}
