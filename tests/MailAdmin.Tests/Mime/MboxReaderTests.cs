// The mbox reader: what belongs to a message, and that nothing is lost or held.
using System.Text;
using CsCheck;
using MailAdmin.Isolated.Mime;

namespace MailAdmin.Tests.Mime;

public sealed class MboxReaderTests
{
    private const string Marker = "From ann@example.org Mon Jan  1 10:00:00 2024";

    private static (int Number, string? Text)[] Read(string mbox, int largest = 1000) =>
        [.. MboxReader.Read(new MemoryStream(Encoding.Latin1.GetBytes(mbox)), largest).Select(m => (m.Number, m.Content is null ? null : Encoding.Latin1.GetString(m.Content)))];

    [Theory]
    [InlineData("From 10:30 to 11:45 on Friday we meet in room 2.")]
    [InlineData("From Berlin we leave at 09:15 and arrive 12:40.")]
    [InlineData("From Mon Jan 1 10:00:00 2024 on we are closed.")]
    [InlineData("From 2024-01-01 10:00 to 2024-01-02 11:00 nobody is here")]
    [InlineData("From Fri, 23 May 2025 16:35:53 until Monday")]
    public void A_sentence_with_a_time_after_a_blank_line_is_no_message(string sentence) =>
        Read($"{Marker}\nSubject: a\n\nHello\n\n{sentence}\nBye\n").ShouldHaveSingleItem().Text.ShouldBe($"Subject: a\n\nHello\n\n{sentence}\nBye\n");

    [Theory]
    [InlineData("From - Fri May 23 16:35:53 2025")]
    [InlineData("From 1832929883591034824@xxx Fri May 23 16:35:53 +0000 2025")]
    [InlineData("From MAILER-DAEMON Fri May  3 16:35:53 2025")]
    [InlineData("From \"ann lee\"@example.org Fri May 23 16:35 CEST 2025")]
    [InlineData("From ann@example.org Fri May 23 16:35:53 2025 +0200")]
    [InlineData("From ann@example.org Fri, 23 May 2025 16:35:53 +0200 (CEST)")]
    [InlineData("From ann@example.org Fri May 23 16:35:53 2025 remote from relay")]
    [InlineData("From ann@example.org 2025-05-23T16:35:53Z")]
    [InlineData("From ann@example.org  Fri May 23 16:35:53 2025\r")]
    public void Every_writer_s_marker_begins_a_message(string marker) =>
        Read($"{Marker}\nSubject: a\n\nHello\n\n{marker}\nSubject: b\n\nBye\n").Length.ShouldBe(2);

    [Fact]
    public void A_writer_with_a_date_of_its_own_is_followed()
    {
        const string Own = "From ann@example.org le 23/05/2025 16:35";
        Read($"{Own}\nSubject: a\n\nHello\n\n{Own}\nSubject: b\n\nBye\n").Length.ShouldBe(2);
    }

    [Fact]
    public void Messages_come_without_their_From_line_and_the_blank_line_after_them()
    {
        Read($"{Marker}\nSubject: a\n\none\n\n{Marker}\nSubject: b\n\ntwo\n\n\n{Marker}\nSubject: c\n\n").ShouldBe(
            [(1, "Subject: a\n\none\n"), (2, "Subject: b\n\ntwo\n\n"), (3, "Subject: c\n")]);
        Read($"{Marker}\r\nSubject: a\r\n\r\none\r\n\r\n{Marker}\r\nSubject: b\r\n\r\ntwo").ShouldBe([(1, "Subject: a\r\n\r\none\r\n"), (2, "Subject: b\r\n\r\ntwo")]);
    }

    [Fact]
    public void Quoting_is_undone_by_one()
    {
        Read($"{Marker}\nSubject: a\n\n>From here\n>>From there\n> From\n>Frontal\nFrom me\n").ShouldBe([(1, "Subject: a\n\nFrom here\n>From there\n> From\n>Frontal\nFrom me\n")]);
    }

    [Fact]
    public void A_sentence_that_begins_with_From_is_no_next_message()
    {
        Read($"{Marker}\nSubject: a\n\nHello\n\nFrom the start we knew.\nFrom Mon to Fri, 10:00.\nstill\n").ShouldHaveSingleItem().Text.ShouldBe("Subject: a\n\nHello\n\nFrom the start we knew.\nFrom Mon to Fri, 10:00.\nstill\n");
    }

    [Fact]
    public void Empty_and_headless_messages_are_messages_and_what_follows_is_read()
    {
        Read($"{Marker}\n{Marker}\n\n{Marker}\njust text\n\n{Marker}\nSubject: a\n\nx\n").ShouldBe([(1, ""), (2, ""), (3, "just text\n"), (4, "Subject: a\n\nx\n")]);
    }

    [Fact]
    public void Of_a_message_that_is_too_large_only_place_and_size_are_told()
    {
        string mbox = $"{Marker}\nSubject: {new string('a', 100_000)}\n\n{new string('b', 200_000)}\n\n{Marker}\nSubject: b\n\nx\n";
        MboxMessage[] messages = [.. MboxReader.Read(new MemoryStream(Encoding.Latin1.GetBytes(mbox)), 1000)];
        (messages[0].Content, messages[0].Size, messages[0].Offset).ShouldBe((null, 300_012, 0));
        messages[1].Offset.ShouldBe(messages[0].EndOffset);
        messages[1].EndOffset.ShouldBe(mbox.Length);
        Encoding.Latin1.GetString(messages[1].Content!).ShouldBe("Subject: b\n\nx\n");
    }

    [Fact]
    public void What_is_no_mbox_is_refused_and_an_empty_file_has_no_messages()
    {
        Should.Throw<FormatException>(() => Read("Subject: a\n\nx\n"));
        Read("").ShouldBeEmpty();
        Read($"\n\n{Marker}\nSubject: a\n").ShouldBe([(1, "Subject: a\n")]);
        MboxReader.IsMbox("From a"u8).ShouldBeTrue();
        MboxReader.IsMbox("From: a"u8).ShouldBeFalse();
    }

    [Fact]
    public void A_file_of_any_size_is_read_without_being_held()
    {
        const int Messages = 300;
        var file = new Repeating(Encoding.Latin1.GetBytes($"{Marker}\nSubject: a\n\n{new string('b', 1_000_000)}\n\n"), Messages);
        var contents = new List<WeakReference>();
        foreach (MboxMessage message in MboxReader.Read(file, 2_000_000))
        {
            message.Size.ShouldBe(1_000_013);
            contents.Add(new WeakReference(message.Content));
            // Read no further than to the message's end and one buffer more.
            (file.Position - message.EndOffset).ShouldBeLessThan(200_000);
            if (contents.Count % 100 == 0)
            {
                GC.Collect();
                contents.Count(content => content.IsAlive).ShouldBeLessThanOrEqualTo(2);
            }
        }
        contents.Count.ShouldBe(Messages);
    }

    [Fact]
    public void Any_text_taken_apart_and_put_together_again_is_the_same()
    {
        Gen.String[Gen.Char["aF:>\n "], 0, 200].List[1, 6].Sample(bodies =>
        {
            string[] messages = [.. bodies.Select(body => $"Subject: x\n\n{body}\n")];
            string mbox = string.Concat(messages.Select(message => $"{Marker}\n{Quote(message)}\n"));
            Read(mbox).Select(m => m.Text).ShouldBe(messages);
        });
    }

    private static string Quote(string message) => string.Join('\n', message.Split('\n').Select(line => line.TrimStart('>').StartsWith("From ", StringComparison.Ordinal) ? ">" + line : line));

    private sealed class Repeating(byte[] part, int times) : Stream
    {
        private long _position;

        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => (long)part.Length * times;
        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int at = (int)(_position % part.Length);
            int read = (int)Math.Min(Math.Min(count, part.Length - at), Length - _position);
            Array.Copy(part, at, buffer, offset, read);
            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
