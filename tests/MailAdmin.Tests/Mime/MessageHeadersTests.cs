// What the headers of a message tell of its sender and its way, and what JSON can carry of it.
using System.Text;
using MailAdmin.Isolated.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class MessageHeadersTests
{
    private static MessageInfo? Read(string message) => MessageHeaderReader.Read(Encoding.Latin1.GetBytes(message));

    private static (string? Ip, string? Ehlo) Hop(params string[] received)
    {
        MessageInfo facts = Read(string.Concat(received.Select(line => $"Received: {line}\r\n")) + "Subject: x\r\n\r\n")!;
        return (facts.RemoteIp?.ToString(), facts.EhloDomain);
    }

    [Fact]
    public void Sender_recipients_id_and_subject()
    {
        MessageInfo facts = Read("""
            Return-Path: <bounce@news.example>
            From: =?utf-8?q?J=C3=B6rg?= <joerg@example.org>, other@example.org
            To: "Doe, Jane" <jane@example.org>, undisclosed:;
            Cc: john@example.org,
             JANE@example.org
            Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=
            Message-ID: <id@example.org>

            From: body@example.org
            """)!;
        (facts.ReturnPath, facts.From, facts.MessageId, facts.Subject).ShouldBe(("bounce@news.example", "joerg@example.org", "id@example.org", "Grüße"));
        facts.Recipients.ShouldBe(["jane@example.org", "john@example.org"]);
        facts.RemoteIp.ShouldBeNull();
    }

    [Fact]
    public void A_bounce_has_an_empty_sender_and_deliveries_say_to_whom()
    {
        MessageInfo facts = Read("Return-Path: <>\nDelivered-To: jane@example.org\nTo: list@example.org\n\n")!;
        facts.ReturnPath.ShouldBe("");
        facts.Recipients.ShouldBe(["jane@example.org"]);
        Read("Subject: x\n\n")!.ReturnPath.ShouldBeNull();
    }

    [Theory]
    [InlineData("just text")]
    [InlineData("")]
    [InlineData("\r\nSubject: in the body\r\n")]
    [InlineData("Dear all: this\n is no header\n\nbye")]
    [InlineData("X-Anything: 1\n\nbody")]
    public void Text_without_a_header_that_mail_knows_is_no_message(string text) => Read(text).ShouldBeNull();

    [Fact]
    public void A_line_that_is_no_header_does_not_hide_the_others()
    {
        MessageInfo facts = Read("a stray line\n with more\nFrom: a@example.org\nanother\nSubject: x\n y\n\n")!;
        (facts.From, facts.Subject).ShouldBe(("a@example.org", "x y"));
    }

    [Fact]
    public void Every_custom_of_Received_lines_is_read()
    {
        Hop("from mail.sender.test (mx.sender.test [198.51.100.7]) by mx.example.org with ESMTPS; Mon, 1 Jan 2024 10:00:00 +0000").ShouldBe(("198.51.100.7", "mail.sender.test"));
        Hop("from mx.sender.test ([198.51.100.7] helo=mail.sender.test) by mx.example.org").ShouldBe(("198.51.100.7", "mail.sender.test"));
        Hop("from [198.51.100.7] (helo=mail.sender.test) by mx.example.org").ShouldBe(("198.51.100.7", "mail.sender.test"));
        Hop("from unknown (HELO mail.sender.test) (198.51.100.7) by mx.example.org").ShouldBe(("198.51.100.7", "mail.sender.test"));
        Hop("from mail.sender.test (198.51.100.7) by MX.example.org (10.0.0.2) with Microsoft SMTP Server").ShouldBe(("198.51.100.7", "mail.sender.test"));
        Hop("from mail.sender.test (mx.sender.test. [2001:db9::7]) by mx.google.example").ShouldBe(("2001:db9::7", "mail.sender.test"));
        Hop("from mail.sender.test (mx (nested) [IPv6:2001:db9::7]) by mx.example.org").ShouldBe(("2001:db9::7", "mail.sender.test"));
        Hop("from mail.sender.test\r\n\t(mx.sender.test [::ffff:198.51.100.7])\r\n\tby mx.example.org").ShouldBe(("198.51.100.7", "mail.sender.test"));
    }

    [Fact]
    public void What_the_other_side_says_of_itself_is_not_believed()
    {
        Hop("from [203.0.113.9] (mx.sender.test [198.51.100.7]) by mx.example.org").ShouldBe(("198.51.100.7", null));
        Hop("from mx.sender.test ([198.51.100.7] helo=[203.0.113.9]) by mx.example.org").ShouldBe(("198.51.100.7", null));
        Hop("from localhost (unknown [198.51.100.7]) by mx.example.org ([203.0.113.9])").ShouldBe(("198.51.100.7", null));
    }

    [Fact]
    public void The_topmost_hop_from_outside_counts()
    {
        Hop(
            "by 2002:a05:6402:: with SMTP id x; Mon, 1 Jan 2024 10:00:00 +0000",
            "from localhost (localhost [127.0.0.1]) by store.example.org",
            "from filter.example.org (filter [10.1.2.3]) by mx.example.org",
            "from mail.sender.test (mx.sender.test [198.51.100.7]) by filter.example.org",
            "from forged.test (forged [203.0.113.9]) by mail.sender.test").ShouldBe(("198.51.100.7", "mail.sender.test"));
        Hop("from a (a [192.168.1.1]) by b", "from c (c [fd00::1]) by d", "from e (e [100.64.0.1]) by f", "from g (g [169.254.0.1]) by h", "from i (i [172.20.0.1]) by j").ShouldBe((null, null));
    }

    [Fact]
    public void Hostile_lines_are_read_in_no_time()
    {
        Hop($"from a {new string('(', 20_000)}", $"from b {string.Concat(Enumerable.Repeat("(", 5_000))}{string.Concat(Enumerable.Repeat(")", 5_000))}", $"from {new string('[', 50_000)}").ShouldBe((null, null));
    }

    [Fact]
    public void UTF8_stays_as_it_is()
    {
        byte[] message = Encoding.UTF8.GetBytes("Subject: Grüße\n\nGrüße\r\n");
        Utf8Message.Convert(message, out bool isChanged).ShouldBeSameAs(message);
        isChanged.ShouldBeFalse();
    }

    [Fact]
    public void Other_bytes_are_re_encoded_with_the_same_content()
    {
        byte[] message = Encoding.Latin1.GetBytes("From: Jörg <joerg@example.org>\r\nSubject: Grüße\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: 8bit\r\n\r\nSchöne Grüße\r\n");
        byte[] sent = Utf8Message.Convert(message, out bool isChanged);
        isChanged.ShouldBeTrue();
        sent.ShouldAllBe(b => b < 128);
        Encoding.ASCII.GetString(sent).ShouldContain("charset=iso-8859-1");
        using var read = MimeKit.MimeMessage.Load(new MemoryStream(sent), TestContext.Current.CancellationToken);
        read.TextBody!.ReplaceLineEndings("\r\n").ShouldBe("Schöne Grüße\r\n");
        (read.Subject, read.From.Mailboxes.Single().Name).ShouldBe(("Grüße", "Jörg"));
    }

    [Fact]
    public void What_has_no_character_set_is_still_sent()
    {
        byte[] sent = Utf8Message.Convert(Encoding.Latin1.GetBytes("Subject: x\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\nPräambel\r\n--b\r\n\r\ntext\r\n--b--\r\n"), out bool isChanged);
        isChanged.ShouldBeTrue();
        Encoding.UTF8.GetString(sent).ShouldContain("--b--");
        Should.NotThrow(() => new UTF8Encoding(false, true).GetString(sent));
    }
}
