using System.Text.Json;
using System.Text.RegularExpressions;

namespace MailAdmin.Tests.Recordings.Jmap;

/// <summary>
/// Says how a piece of JSON differs from the recorded one: in shape, types and values, but for secrets, states, human sentences and what
/// chance decides; ids have to be those of the same object, times to be within 15 minutes of where they should be. Learns on the way.
/// </summary>
/// <param name="ids">The ids known so far.</param>
/// <param name="values">The secrets known so far.</param>
/// <param name="differences">Where differences go.</param>
/// <param name="shift">How much later this answer is than the recorded one.</param>
internal sealed partial class AnswerComparison(LiveIds ids, LiveValues values, Differences differences, TimeSpan shift)
{
    private static readonly TimeSpan s_timeTolerance = TimeSpan.FromMinutes(15);

    private readonly IdComparison _ids = new(ids, differences);
    private readonly ObjectPairing _pairing = new(ids);

    /// <summary>The recorded id of the account that the compared objects belong to.</summary>
    public string? Account { get; set; }

    /// <summary>Whether objects were asked for by their ids: then their order counts.</summary>
    public bool IsAskedByIds { get; set; }

    /// <param name="recorded">What was recorded.</param>
    /// <param name="live">What came now.</param>
    /// <param name="path">Where it stands.</param>
    /// <param name="name">The member that it is the value of.</param>
    /// <param name="kind">The kind of the object that it is in.</param>
    /// <param name="isError">Whether it is part of an error, whose sentences do not count.</param>
    public void Compare(JsonElement recorded, JsonElement live, string path, string? name, string? kind, bool isError = false)
    {
        if (Type(recorded) != Type(live))
        {
            differences.Add(path, recorded, live);
        }
        else if (recorded.ValueKind == JsonValueKind.Object)
        {
            CompareObjects(recorded, live, path, name, kind, isError);
        }
        else if (recorded.ValueKind == JsonValueKind.Array)
        {
            CompareLists(recorded, live, path, name, kind, isError);
        }
        else if (recorded.ValueKind != JsonValueKind.Null && !MemberKinds.IsVolatile(name))
        {
            ComparePlainValues(recorded, live, path, name, kind, isError);
        }
    }

    private void CompareObjects(JsonElement recorded, JsonElement live, string path, string? name, string? kind, bool isError)
    {
        string? kindOfNames = name is "updated" or "notUpdated" or "notDestroyed" ? kind : MemberKinds.KindOfIdSet(name);
        if (kindOfNames is not null)
        {
            foreach ((string was, string isNow) in _ids.PairNames(kindOfNames, recorded, live, path))
            {
                Compare(recorded.GetProperty(was), live.GetProperty(isNow), $"{path}.{was}", "", kindOfNames, name!.StartsWith("not", StringComparison.Ordinal));
            }

            return;
        }

        bool isReference = recorded.TryGetProperty("object", out JsonElement type) && type.ValueKind == JsonValueKind.String && recorded.TryGetProperty("id", out _);
        bool isErrorInside = isError || name is "notCreated" or "notUpdated" or "notDestroyed";
        // The id last: what else is there may have taught whose it is.
        foreach (JsonProperty member in recorded.EnumerateObject().OrderBy(member => member.Name == "id"))
        {
            if (live.TryGetProperty(member.Name, out JsonElement other))
            {
                Compare(member.Value, other, $"{path}.{member.Name}", member.Name, isReference ? type.GetString() : kind, isErrorInside);
            }
            else
            {
                differences.Add(path, $"missing {member.Name}");
            }
        }

        foreach (JsonProperty member in live.EnumerateObject().Where(member => !recorded.TryGetProperty(member.Name, out _)))
        {
            differences.Add(path, $"extra {member.Name}");
        }
    }

    private void CompareLists(JsonElement recorded, JsonElement live, string path, string? name, string? kind, bool isError)
    {
        JsonElement[] was = [.. recorded.EnumerateArray()];
        JsonElement[] isNow = [.. live.EnumerateArray()];
        if (name is "ids" or "destroyed" or "notFound" && kind is not null)
        {
            _ids.CompareList(kind, Texts(was), Texts(isNow), path, isOrdered: name == "ids");
        }
        else if (name == "list" && kind is not null and not "Blob" && was.Concat(isNow).All(item => item.ValueKind == JsonValueKind.Object))
        {
            CompareObjectLists(was, isNow, path, kind);
        }
        else if (name == "linkedObjects")
        {
            CompareLinks(was, isNow, path);
        }
        else if (was.Length != isNow.Length)
        {
            differences.Add(path, $"{was.Length} items became {isNow.Length}{DescribeTexts(was, isNow)}");
        }
        else
        {
            bool isSet = name is "permissions" or "properties" && was.Concat(isNow).All(item => item.ValueKind == JsonValueKind.String);
            foreach ((int i, (JsonElement one, JsonElement other)) in (isSet ? Sorted(was).Zip(Sorted(isNow)) : was.Zip(isNow)).Index())
            {
                Compare(one, other, $"{path}[{i}]", name, kind, isError);
            }
        }
    }

    private void CompareObjectLists(JsonElement[] recorded, JsonElement[] live, string path, string kind)
    {
        int?[] pairs = _pairing.Pair(recorded, live, kind);
        if (recorded.Length != live.Length)
        {
            differences.Add(path, $"{recorded.Length} objects became {live.Length}");
        }
        else if (IsAskedByIds && !pairs.Contains(null) && !pairs.SequenceEqual(pairs.Order()) && !live.Any(item => ids.IsInBatch(kind, Id(item))))
        {
            differences.Add(path, "order, though asked for by ids");
        }

        foreach ((int i, int? pair) in pairs.Index())
        {
            if (pair is { } index)
            {
                string? account = Account;
                Account = kind == "Account" ? Id(recorded[i]) : account;
                Compare(recorded[i], live[index], $"{path}[{i}]", "", kind);
                Account = account;
            }
            else if (recorded.Length == live.Length)
            {
                differences.Add($"{path}[{i}]", $"no object for {Id(recorded[i])} (here {ids.GetLive(kind, Id(recorded[i]))})");
            }
        }
    }

    private void CompareLinks(JsonElement[] recorded, JsonElement[] live, string path)
    {
        var left = live.Select(Link).ToList();
        foreach ((string kind, string id) in recorded.Select(Link))
        {
            if (left.Remove((kind, ids.GetLive(kind, id))))
            {
                continue;
            }

            (string Kind, string Id) unknown = ids.IsKnown(kind, id) ? default : left.Find(link => link.Kind == kind && !ids.IsTaken(kind, link.Id));
            if (unknown.Id is null)
            {
                differences.Add(path, $"missing {kind} {id} (here {ids.GetLive(kind, id)})");
            }
            else
            {
                left.Remove(unknown);
                ids.Learn(kind, id, unknown.Id, isSure: false);
            }
        }

        left.ForEach(link => differences.Add(path, $"extra {link.Kind} {link.Id}"));
    }

    private void ComparePlainValues(JsonElement recorded, JsonElement live, string path, string? name, string? kind, bool isError)
    {
        bool isLogText = kind == "Log" && name is "timestamp" or "level" or "event" or "details";
        if (isLogText)
        {
            return;
        }

        if (recorded.ValueKind == JsonValueKind.String)
        {
            CompareTexts(recorded, live, path, name, kind, isError);
        }
        else if (!AreSameValue(recorded, live) && !(name == "size" && kind == "QueuedMessage" && live.GetInt64() > 0))
        {
            differences.Add(path, recorded, live);
        }
    }

    private void CompareTexts(JsonElement recorded, JsonElement live, string path, string? name, string? kind, bool isError)
    {
        (string was, string isNow) = (recorded.GetString()!, live.GetString()!);
        if (KindOfId(name, kind, path, was) is { } kindOfId)
        {
            _ids.Compare(kindOfId, was, isNow, path);
        }
        else if (name == "blobId")
        {
            ids.Learn("Blob", was, isNow);
        }
        else if (MemberKinds.IsSecret(name) && was.Length > 8 && was != isNow)
        {
            CompareSecrets(recorded, live, path);
        }
        else if (MemberKinds.IsTime(was) && MemberKinds.IsTime(isNow))
        {
            TimeSpan off = LiveValues.ParseTime(isNow) - LiveValues.ParseTime(was) - shift;
            if (was != isNow && off.Duration() > s_timeTolerance)
            {
                differences.Add(path, $"{LiveValues.FormatTime(LiveValues.ParseTime(was) + shift)} became {isNow}");
            }
        }
        else if (was != isNow && !MayDiffer(was, isNow, name, isError))
        {
            differences.Add(path, recorded, live);
        }
    }

    private string? KindOfId(string? name, string? kind, string path, string recorded) => name switch
    {
        "blobId" => null,
        "id" => kind,
        "credentialId" => MemberKinds.KindOfCredential(Account),
        "publicKey" when recorded.Length < 30 => "PublicKey",
        not null when name.StartsWith("urn:", StringComparison.Ordinal) && path.StartsWith("$.primaryAccounts", StringComparison.Ordinal) => "Account",
        _ => MemberKinds.KindOfId(name),
    };

    private void CompareSecrets(JsonElement recorded, JsonElement live, string path)
    {
        (string was, string isNow) = (recorded.GetString()!, live.GetString()!);
        if (ComparedText.GetSecretPrefix(was) is { } prefix && !isNow.StartsWith(prefix, StringComparison.Ordinal))
        {
            differences.Add(path, recorded, live);
        }
        else
        {
            values.LearnSecret(was, isNow);
        }
    }

    /// <summary>Whether two texts may differ by wording or chance.</summary>
    private static bool MayDiffer(string recorded, string live, string? name, bool isError) =>
        MemberKinds.IsSentence(name)
        || (isError && name is "description" or "value" && ComparedText.IsSentence(recorded))
        || name == "publicKey"
        || (name == "path" && recorded.StartsWith('/') && live.StartsWith('/'))
        || (name == "reportId" && ReportNumber().IsMatch(recorded) && ReportNumber().IsMatch(live))
        || ComparedText.AreEquivalent(recorded, live);

    private static bool AreSameValue(JsonElement recorded, JsonElement live) =>
        recorded.ValueKind == JsonValueKind.Number ? recorded.GetRawText() == live.GetRawText() || recorded.GetDouble().Equals(live.GetDouble()) : recorded.ValueKind == live.ValueKind;

    private static string DescribeTexts(JsonElement[] recorded, JsonElement[] live)
    {
        if (recorded.Concat(live).Any(item => item.ValueKind != JsonValueKind.String))
        {
            return "";
        }

        string[] was = Texts(recorded);
        string[] isNow = Texts(live);
        return $", without {string.Join(' ', was.Except(isNow).Take(5))}, with {string.Join(' ', isNow.Except(was).Take(5))}";
    }

    private static string[] Texts(JsonElement[] items) => [.. items.Select(item => item.ToString())];

    private static IEnumerable<JsonElement> Sorted(JsonElement[] items) => items.OrderBy(item => item.GetString(), StringComparer.Ordinal);

    private static (string Kind, string Id) Link(JsonElement item) => (item.GetProperty("object").GetString()!, item.GetProperty("id").GetString()!);

    private static string Id(JsonElement item) => item.TryGetProperty("id", out JsonElement id) ? id.ToString() : "";

    private static JsonValueKind Type(JsonElement value) => value.ValueKind == JsonValueKind.False ? JsonValueKind.True : value.ValueKind;

    [GeneratedRegex(@"^\d+_\d+$")]
    private static partial Regex ReportNumber();
}
