using System.Net;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Queue;
using MailAdmin.Tests.Hosting;

namespace MailAdmin.Tests.Queue;

/// <summary>One odd member of one message must not take the list of all others away.</summary>
public sealed class OddMessageTests
{
    private const string Plain = """
        {"id":1,"return_path":"a@example.org","created":"2026-11-23T10:00:00Z","size":220,"priority":0,"env_id":"e","blob_hash":"b","domains":[{"name":"remote.test","status":"scheduled","retry_num":1,
         "next_retry":"2026-11-23T11:00:00Z","next_notify":null,"expires":"2026-11-28T10:00:00Z","recipients":[{"address":"b@remote.test","status":"scheduled","queue":"q","orcpt":"o"}]}]}
        """;

    public static TheoryData<string> Members => new(
        "return_path", "created", "size", "priority", "env_id", "blob_hash", "domains", "recipients", "name", "status", "retry_num", "next_retry", "next_notify", "expires", "address", "queue", "orcpt", "made_up");

    [Theory]
    [MemberData(nameof(Members))]
    public async Task A_null_is_as_good_as_no_member(string member)
    {
        MailQueueMessage withNull = Read(Replace(Plain, member, isNull: true));
        MailQueueMessage without = Read(Replace(Plain, member, isNull: false));
        JsonSerializer.Serialize(withNull).ShouldBe(JsonSerializer.Serialize(without));
        var server = new FakeServer(_ => TestResponses.Data($$"""{"items":[{{Replace(Plain, member, isNull: true)}},{{Plain.Replace("\"id\":1", "\"id\":2", StringComparison.Ordinal)}}],"total":2,"status":true}"""));
        using MailClient client = await server.ConnectAsync();
        (await ListAsync(client)).ShouldBe([1UL, 2UL]);
    }

    [Fact]
    public void A_null_among_domains_and_recipients_is_nothing()
    {
        Read(Plain.Replace("\"domains\":[", "\"domains\":[null,", StringComparison.Ordinal)).Recipient.ShouldHaveSingleItem();
        Read(Plain.Replace("\"recipients\":[", "\"recipients\":[null,", StringComparison.Ordinal)).Recipient.ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_message_without_an_id_is_none()
    {
        using MailClient client = await new FakeServer(_ => TestResponses.Data(Plain.Replace("\"id\":1", "\"id\":null", StringComparison.Ordinal))).ConnectAsync();
        (await Should.ThrowAsync<MailServerException>(client.Queue.GetAsync(1, default))).Code.ShouldBe(MailErrorCode.UnexpectedResponse);
    }

    [Fact]
    public async Task Rows_are_not_doubled_by_a_second_list_in_the_answer()
    {
        var server = new FakeServer(request => TestResponses.Json(HttpStatusCode.OK, request.Uri.Query.Contains("values", StringComparison.Ordinal)
            ? "{\"data\":{\"items\":[" + Plain + "],\"items\":[" + Plain + "],\"total\":1,\"status\":true}}"
            : """{"data":{"items":[1],"items":[1],"total":1,"status":true}}"""));
        using MailClient client = await server.ConnectAsync();
        var seen = new List<ulong>();
        MailServerException e = await Should.ThrowAsync<MailServerException>(async () =>
        {
            await foreach (MailQueueMessage message in client.Queue.ListAsync(new QueueQuery()))
            {
                seen.Add(message.Id);
            }
        });
        e.Code.ShouldBe(MailErrorCode.UnexpectedResponse);
        seen.Count.ShouldBeLessThanOrEqualTo(1);
        (await client.Queue.ListIdsAsync(QueueFilter.Everything, default)).ShouldBe([1UL]);
    }

    private static async Task<ulong[]> ListAsync(MailClient client)
    {
        var ids = new List<ulong>();
        await foreach (MailQueueMessage message in client.Queue.ListAsync(new QueueQuery()))
        {
            ids.Add(message.Id);
        }
        return [.. ids];
    }

    private static MailQueueMessage Read(string json)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json));
        reader.Read();
        return QueueMessageReader.Read(ref reader);
    }

    // The member, wherever it is, with null or not at all.
    private static string Replace(string json, string member, bool isNull)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            Write(JsonElement.Parse(json), writer, member, isNull);
        }
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static void Write(JsonElement element, Utf8JsonWriter writer, string member, bool isNull)
    {
        if (element.ValueKind == JsonValueKind.Object)
        {
            writer.WriteStartObject();
            foreach (JsonProperty property in element.EnumerateObject())
            {
                if (property.Name != member)
                {
                    writer.WritePropertyName(property.Name);
                    Write(property.Value, writer, member, isNull);
                }
            }
            if (isNull)
            {
                writer.WriteNull(member);
            }
            writer.WriteEndObject();
        }
        else if (element.ValueKind == JsonValueKind.Array)
        {
            writer.WriteStartArray();
            foreach (JsonElement item in element.EnumerateArray())
            {
                Write(item, writer, member, isNull);
            }
            writer.WriteEndArray();
        }
        else
        {
            element.WriteTo(writer);
        }
    }
}
