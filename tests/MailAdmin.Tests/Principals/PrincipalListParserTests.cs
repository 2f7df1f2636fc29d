// The parser must not care where the network cuts an answer.
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.Client.Api.Principals;

namespace MailAdmin.Tests.Principals;

public sealed class PrincipalListParserTests
{
    private const string List = """
        { "data" : {"other":{"a":[1,2]},"items":[{"id":1,"type":"individual","name":"müller","emails":["a@x","b@x"],"x":{"y":[true,null,1.5]},"des\u0063ription":"d","secrets":["$app$a$b","c"]},
        {"id":4294967295,"type":"domain","members":14},{"id":0,"type":"list","members":["jane"],"quota":"5GB"}],"total":1234} , "more":"x" }
        """;

    [Fact]
    public void Cut_anywhere_it_reads_the_same()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(List);
        string whole = Describe(Feed(bytes, bytes.Length, out long? total));
        whole.ShouldContain("müller");
        total.ShouldBe(1234);
        for (int cut = 1; cut < bytes.Length; cut++)
        {
            Describe(Feed(bytes, cut, out long? again)).ShouldBe(whole);
            again.ShouldBe(1234);
        }
    }

    [Fact]
    public void Byte_by_byte_it_reads_the_same()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(List);
        var parser = new PrincipalListParser([]);
        var principals = new List<MailPrincipal>();
        int start = 0;
        for (int end = 1; end <= bytes.Length; end++)
        {
            start += parser.Feed(bytes.AsSpan(start, end - start), false, principals);
        }
        parser.Feed(bytes.AsSpan(start), true, principals);
        parser.IsComplete.ShouldBeTrue();
        Describe(principals).ShouldBe(Describe(Feed(bytes, bytes.Length, out _)));
    }

    [Fact]
    public void Truncated_anywhere_it_is_no_list()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(List.TrimEnd());
        for (int end = 0; end < bytes.Length; end++)
        {
            var parser = new PrincipalListParser([]);
            bool refused;
            try
            {
                parser.Feed(bytes.AsSpan(0, end), true, []);
                refused = !parser.IsComplete;
            }
            catch (JsonException)
            {
                refused = true;
            }
            refused.ShouldBeTrue($"after {end} bytes");
        }
    }

    [Fact]
    public void Cut_anywhere_an_error_is_an_error()
    {
        byte[] bytes = """{"error":"other","details":"müde","reason":null,"value":[1]}"""u8.ToArray();
        for (int cut = 0; cut <= bytes.Length; cut++)
        {
            var parser = new PrincipalListParser([]);
            int done = parser.Feed(bytes.AsSpan(0, cut), false, []);
            parser.Feed(bytes.AsSpan(done), true, []);
            parser.Fault.Error.ShouldBe("other");
            parser.Fault.Details.ShouldBe("müde");
        }
    }

    [Fact]
    public void The_total_may_come_first()
    {
        byte[] bytes = """{"data":{"total":2,"items":[{"id":1,"type":"role"},{"id":2,"type":"role"}]}}"""u8.ToArray();
        var parser = new PrincipalListParser([]);
        var principals = new List<MailPrincipal>();
        parser.Feed(bytes.AsSpan(0, 40), false, principals);
        parser.Total.ShouldBe(2);
        parser.IsComplete.ShouldBeFalse();
    }

    private static List<MailPrincipal> Feed(byte[] bytes, int cut, out long? total)
    {
        var parser = new PrincipalListParser([]);
        var principals = new List<MailPrincipal>();
        int done = parser.Feed(bytes.AsSpan(0, cut), false, principals);
        done += parser.Feed(bytes.AsSpan(done), false, principals);
        parser.Feed(bytes.AsSpan(done), true, principals);
        parser.IsComplete.ShouldBeTrue();
        total = parser.Total;
        return principals;
    }

    private static string Describe(List<MailPrincipal> principals) => string.Join('\n', principals.Select(PrincipalFormatter.Format));
}
