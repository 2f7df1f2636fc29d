// The client's readers against what real servers sent: every recording in the folder, whatever its name.
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Tests.Hosting;
using MailAdmin.Tests.Principals;

namespace MailAdmin.Tests.Recordings;

public sealed class RecordingsReadTests
{
    private static readonly string s_folder = Path.Combine(AppContext.BaseDirectory, "Recordings");

    // How many answers, by section, only pass the envelope reader since their operations have no reader of their own yet. To shrink: a new reader takes its operation out, and this text follows.
    private static readonly string[] s_envelopeOnlyCounts =
    [
        "auth envelope: 5",
        "deletion envelope: 3",
        "discovery envelope: 5",
        "reports envelope: 1",
        "routing envelope: 5",
        "settings envelope: 3",
        "store envelope: 1",
        "telemetry envelope: 4",
        "trouble envelope: 1",
    ];

    // Where a later server does something else, and why. Whatever is not listed became the same object.
    private static readonly (string[] Ids, string What, string Why)[] s_knownDifferences =
    [
        (["104", "109", "110", "114", "121", "124", "127", "501", "545"], "has x", "from 0.14 the creation of 61, an array with a number in it, passes"),
        (["125"], "lacks page", "from 0.12 the filter matches whole words"),
        (["501", "545"], "has page", "the deletion of 500, by a filter, therefore found nothing"),
        (["192", "514"], "PasswordCount", "from 0.14 a principal has one password"),
        (["516", "518"], "Otp,AppPassword,Password", "from 0.14 removing the password takes TOTP and app passwords instead"),
        (["535", "545"], "Data", "a quota as text is dropped"),
        (["545"], "UsedBytes", "the sizes of stored mail differ"),
        (["539", "545"], "Email", "an address given twice is kept once"),
        (["595"], "Email", "which of eight writers at once win is chance"),
    ];

    private static readonly string[] s_comparableRecordings = ["stalwart-0.11.8.jsonl", "stalwart-0.13.4.jsonl", "stalwart-0.15.5.jsonl"];

    public static TheoryData<string> Recordings => [.. Directory.EnumerateFiles(s_folder, "*.jsonl").Select(file => Path.GetFileName(file))];

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Every_answer_is_read_and_every_error_is_one(string file)
    {
        foreach (RecordedExchange exchange in RecordedExchange.ReadFile(Path.Combine(s_folder, file)))
        {
            JsonElement? json = Json(exchange);
            try
            {
                await RecordedExchangeReader.ReadAsync(exchange);
                IsError(exchange, json).ShouldBeFalse($"{exchange.Id} is an error and was read as a value");
            }
            catch (MailServerException e)
            {
                IsError(exchange, json).ShouldBeTrue($"{exchange.Id} is a value: {e}");
                CheckError(e, exchange, json!.Value);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task Nothing_of_a_principal_is_lost(string file)
    {
        int seen = 0;
        foreach (RecordedExchange exchange in RecordedExchange.ReadFile(Path.Combine(s_folder, file)).Where(e => IsOfPrincipals(e)))
        {
            if (Json(exchange) is not { } json || !json.TryGetProperty("data", out JsonElement data))
            {
                continue;
            }
            (JsonElement[] sent, MailPrincipal[] read) = await RecordedExchangeReader.ReadAsync(exchange) switch
            {
                MailPrincipal one => ([data], [one]),
                ValueTuple<IReadOnlyList<MailPrincipal>, long?> list => (data.GetProperty("items").EnumerateArray().ToArray(), list.Item1.ToArray()),
                _ => throw new InvalidOperationException(),
            };
            read.Length.ShouldBe(sent.Length);
            foreach ((JsonElement wire, MailPrincipal principal) in sent.Zip(read))
            {
                CheckNothingLost(wire, principal, exchange.Id);
                seen++;
            }
        }
        if (s_comparableRecordings.Contains(file))
        {
            seen.ShouldBeGreaterThan(100);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task The_forms_of_every_version_become_the_same_objects(string file)
    {
        Dictionary<string, MailPrincipal[]> reference = await PrincipalsAsync("stalwart-0.11.8.jsonl");
        Dictionary<string, MailPrincipal[]> other = await PrincipalsAsync(file);
        string[] shared = [.. reference.Keys.Where(other.ContainsKey)];
        string[] differences = [.. shared.SelectMany(key => Differences(reference[key], other[key]).Where(text => !IsKnown(key.Split(' ')[0], text)).Select(text => $"{key} {text}"))];
        differences.ShouldBeEmpty();
        if (s_comparableRecordings.Contains(file))
        {
            shared.Length.ShouldBeGreaterThan(70);
        }
    }

    [Theory]
    [MemberData(nameof(Recordings))]
    public async Task What_has_no_reader_of_its_own_is_counted(string file)
    {
        var counts = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (RecordedExchange exchange in RecordedExchange.ReadFile(Path.Combine(s_folder, file)))
        {
            string kind = RecordedExchangeReader.GetKind(exchange);
            if (kind == RecordedExchangeReader.Envelope)
            {
                string key = $"{exchange.Section} {kind}";
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }
        string[] computed = [.. counts.Select(pair => $"{pair.Key}: {pair.Value}")];
        if (s_comparableRecordings.Contains(file))
        {
            computed.ShouldBe(s_envelopeOnlyCounts);
        }
        TestContext.Current.SendDiagnosticMessage($"{file}: {string.Join(", ", computed)}");
    }

    private static JsonElement? Json(RecordedExchange exchange)
    {
        if (exchange.IsStream || exchange.ContentType?.Contains("json", StringComparison.Ordinal) != true || exchange.Body.Length == 0)
        {
            return null;
        }
        using var document = JsonDocument.Parse(exchange.Body);
        return document.RootElement.Clone();
    }

    private static bool IsOfPrincipals(RecordedExchange exchange) => exchange.Operation is { } operation && (operation == Operations.ListPrincipals || operation == Operations.GetPrincipal);

    private static bool IsError(RecordedExchange exchange, JsonElement? json) =>
        exchange.Status >= 400 || (json is { ValueKind: JsonValueKind.Object } body && body.TryGetProperty("error", out JsonElement error) && error.ValueKind == JsonValueKind.String);

    private static void CheckError(MailServerException e, RecordedExchange exchange, JsonElement json)
    {
        e.Code.ShouldNotBe(MailErrorCode.Unknown, exchange.Id);
        e.Code.ShouldNotBe(MailErrorCode.UnexpectedResponse, exchange.Id);
        ((int?)e.Status).ShouldBe(exchange.Status, exchange.Id);
        var fields = new Dictionary<string, string?>
        {
            ["error"] = e.ServerCode,
            ["field"] = e.Field,
            ["value"] = e.Value,
            ["item"] = e.Item,
            ["details"] = e.Details,
            ["detail"] = e.Details,
            ["reason"] = e.Reason,
            ["title"] = e.Title,
            ["limit"] = e.Limit,
            ["status"] = exchange.Status.ToString(System.Globalization.CultureInfo.InvariantCulture),
            ["type"] = json.TryGetProperty("type", out JsonElement type) ? type.GetString() : null,
        };
        bool isKey = e.Field?.EndsWith("private-key", StringComparison.Ordinal) == true;
        foreach (JsonProperty member in json.EnumerateObject().Where(member => !(isKey && member.Name == "value")))
        {
            fields.ShouldContainKey(member.Name, exchange.Id);
            (fields[member.Name] ?? "").ShouldBe(member.Value.ToString(), $"{exchange.Id}: {member.Name}");
        }
        if (isKey)
        {
            e.Value.ShouldBeNull();
        }
    }

    private static void CheckNothingLost(JsonElement wire, MailPrincipal p, string id)
    {
        foreach (JsonProperty member in wire.EnumerateObject().Where(member => member.Name != "secrets"))
        {
            if (p.AdditionalData.TryGetValue(member.Name, out object? kept))
            {
                JsonSerializer.Serialize(kept).ShouldBe(JsonSerializer.Serialize(member.Value), $"{id}: {member.Name}");
                continue;
            }
            string read = member.Name switch
            {
                "id" => $"{p.Id}",
                "type" => p.Kind.Word,
                "name" => p.Name,
                "description" => $"{p.Description}",
                "emails" => $"{p.Email}",
                "quota" => $"{p.Quota}",
                "usedQuota" => $"{p.UsedBytes}",
                "memberOf" => $"{p.MemberOf}",
                "lists" => $"{p.List}",
                "roles" => $"{p.Role}",
                "members" => member.Value.ValueKind == JsonValueKind.Number ? $"{p.MemberCount}" : $"{p.Member}",
                "externalMembers" => $"{p.ExternalMember}",
                "enabledPermissions" => $"{p.EnabledPermission}",
                "disabledPermissions" => $"{p.DisabledPermission}",
                "urls" => $"{p.Url}",
                "tenant" => $"{p.Tenant}",
                "picture" => $"{p.Picture}",
                "locale" => $"{p.Locale}",
                _ => throw new ShouldAssertException($"{id}: '{member.Name}' is lost"),
            };
            string sent = member.Value.ValueKind == JsonValueKind.Array ? string.Join(';', member.Value.EnumerateArray()) : member.Value.ToString();
            read.ShouldBe(sent, $"{id}: {member.Name}");
        }
        CheckSecrets(wire, p, id);
    }

    private static void CheckSecrets(JsonElement wire, MailPrincipal p, string id)
    {
        string[] secrets = wire.TryGetProperty("secrets", out JsonElement sent)
            ? sent.ValueKind == JsonValueKind.Array ? [.. sent.EnumerateArray().Select(s => s.GetString()!)] : [sent.GetString()!]
            : [];
        int special = secrets.Count(s => s.StartsWith("otpauth://", StringComparison.Ordinal)) + p.AppPassword!.Count;
        (p.PasswordCount + special).ShouldBe(secrets.Length, id);
        p.OtpEnabled.ShouldBe(secrets.Any(s => s.StartsWith("otpauth://", StringComparison.Ordinal)), id);
        string text = PrincipalFormatter.Format(p);
        // A name or address may hold a word that someone chose for a password as well; hashes and URLs are nobody's name.
        secrets.Where(s => s.Length > 30).ShouldAllBe(s => !text.Contains(s, StringComparison.Ordinal), id);
    }

    private static async Task<Dictionary<string, MailPrincipal[]>> PrincipalsAsync(string file)
    {
        var answers = new Dictionary<string, MailPrincipal[]>();
        foreach (RecordedExchange exchange in RecordedExchange.ReadFile(Path.Combine(s_folder, file)).Where(e => IsOfPrincipals(e) && !IsError(e, Json(e))))
        {
            answers[GetKey(exchange)] = await RecordedExchangeReader.ReadAsync(exchange) switch
            {
                MailPrincipal one => [one],
                ValueTuple<IReadOnlyList<MailPrincipal>, long?> list => [.. list.Item1],
                _ => throw new InvalidOperationException(),
            };
        }
        return answers;
    }

    private static bool IsKnown(string id, string difference) =>
        s_knownDifferences.Any(known => known.Ids.Contains(id) && known.What.Split(',').Any(word => difference.StartsWith(word, StringComparison.Ordinal)));

    // Another story may give the same number to another call.
    private static string GetKey(RecordedExchange exchange) => $"{exchange.Id} {(exchange.Operation == Operations.GetPrincipal && exchange.Route.Split('/')[^1].Length == 20 ? "by chance" : exchange.Path)}";

    private static IEnumerable<string> Differences(MailPrincipal[] reference, MailPrincipal[] other)
    {
        string[] before = [.. reference.Select(GetComparableName)], after = [.. other.Select(GetComparableName)];
        foreach (string text in before.Except(after).Select(name => $"lacks {name}").Concat(after.Except(before).Select(name => $"has {name}")))
        {
            yield return text;
        }
        foreach (MailPrincipal one in reference)
        {
            if (other.FirstOrDefault(two => GetComparableName(two) == GetComparableName(one)) is { } two)
            {
                string[] first = PrincipalFormatter.Format(Normalize(one)).Split(" | "), second = PrincipalFormatter.Format(Normalize(two)).Split(" | ");
                foreach ((string was, string isNow) in first.Zip(second).Where(pair => pair.First != pair.Second))
                {
                    yield return $"{was} -> {isNow} of {one.Name}";
                }
            }
        }
    }

    // Numbers and registered clients' names are given by chance; memberships come in the order of numbers, and what is not the primary address in none that is declared.
    private static MailPrincipal Normalize(MailPrincipal p) => p.With(
        ("Id", 0u),
        ("Name", GetComparableName(p)),
        ("Email", new StringList([.. p.Email!.Take(1), .. p.Email!.Skip(1).Order(StringComparer.Ordinal)])),
        ("Member", Sorted(p.Member!)),
        ("MemberOf", Sorted(p.MemberOf!)),
        ("List", Sorted(p.List!)),
        ("Role", Sorted(p.Role!)),
        ("EnabledPermission", Sorted(p.EnabledPermission!)),
        ("DisabledPermission", Sorted(p.DisabledPermission!)),
        ("AppPassword", Sorted(p.AppPassword!)));

    private static string GetComparableName(MailPrincipal p) => p.Type == PrincipalType.OauthClient && p.Name.Length == 20 ? "by chance" : p.Name;

    private static StringList Sorted(StringList list) => new(list.Order(StringComparer.Ordinal));
}
