using System.Text;
using CsCheck;
using MailAdmin.Isolated.Csv;

namespace MailAdmin.Tests.Csv;

public sealed class DelimitedTextTests
{
    [Fact]
    public void Rows_know_their_number_and_their_line()
    {
        using DelimitedTable table = Open("Name,Note\r\n\r\njane,\"two\r\nlines\"\r\n,\r\njoe,\"say \"\"hi\"\"\"\r\n");

        table.Headers.ShouldBe(["Name", "Note"]);
        DelimitedRow[] rows = [.. table.Rows];
        rows.Select(row => (row.RowNumber, row.LineNumber)).ShouldBe([(1, 3), (2, 6)]);
        rows[0].Cells.ShouldBe(["jane", "two\r\nlines"]);
        rows[1].Cells.ShouldBe(["joe", "say \"hi\""]);
    }

    [Theory]
    [InlineData("Name,Quota\na,1", ',')]
    [InlineData("Name;Quota\na;1", ';')]
    [InlineData("Name\tQuota\na\t1", '\t')]
    [InlineData("\"Name, or; login;;\",Quota\na,1", ',')]
    [InlineData("Name\na", ',')]
    public void The_delimiter_is_found_in_the_header(string text, char delimiter)
    {
        using DelimitedTable table = Open(text);
        table.Delimiter.ShouldBe(delimiter);
        table.Rows.Single().Cells[0].ShouldBe("a");
    }

    [Fact]
    public void A_delimiter_given_beats_the_one_found()
    {
        using DelimitedTable table = Open("a,b|c\n1|2", new DelimitedTextOptions { Delimiter = '|' });
        table.Headers.ShouldBe(["a,b", "c"]);
    }

    [Fact]
    public void Lines_above_the_header_are_skipped_and_counted()
    {
        using DelimitedTable table = Open("sep=;\r\n#TYPE System.Management.Automation.PSCustomObject\r\n\r\nName;Note\r\njane;a,b,c\r\n");

        table.Headers.ShouldBe(["Name", "Note"]);
        DelimitedRow row = table.Rows.Single();
        (row.LineNumber, row.Cells[1]).ShouldBe((5, "a,b,c"));
    }

    [Theory]
    [InlineData("utf-8", false)]
    [InlineData("utf-8", true)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16", false)]
    [InlineData("utf-16BE", true)]
    [InlineData("utf-16BE", false)]
    [InlineData("windows-1252", false)]
    public void The_encoding_is_found(string name, bool mark)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name) ?? Encoding.GetEncoding(name);
        byte[] body = encoding.GetBytes("Name,Description\nmueller,\"Jürgen Müller, Köln\"\n");
        byte[] preamble = name == "utf-8" ? [0xEF, 0xBB, 0xBF] : encoding.GetPreamble();
        using DelimitedTable table = DelimitedText.Open(new MemoryStream(mark ? [.. preamble, .. body] : body));

        table.EncodingName.ShouldBe(name);
        table.Headers[0].ShouldBe("Name");
        table.Rows.Single().Cells[1].ShouldBe("Jürgen Müller, Köln");
    }

    [Fact]
    public void One_byte_that_is_no_UTF8_far_down_makes_the_whole_file_Windows_1252()
    {
        var text = new StringBuilder("Name\n");
        for (int i = 0; i < 20_000; i++)
        {
            text.Append("person").Append(i).Append('\n');
        }

        byte[] bytes = [.. Encoding.ASCII.GetBytes(text.ToString()), 0xFC];
        using DelimitedTable table = DelimitedText.Open(new OneWayStream(bytes));

        table.EncodingName.ShouldBe("windows-1252");
        table.Rows.Last().Cells[0].ShouldBe("ü");
    }

    [Theory]
    [InlineData("windows-1250")]
    [InlineData("windows-1251")]
    [InlineData("macintosh")]
    public void Another_encoding_than_UTF8_is_a_guess_and_said_to_be_one(string name)
    {
        Encoding encoding = CodePagesEncodingProvider.Instance.GetEncoding(name)!;
        byte[] bytes = encoding.GetBytes(name == "windows-1251" ? "Name\nИван\n" : "Name\nRené\n");
        using DelimitedTable table = DelimitedText.Open(new MemoryStream(bytes));
        table.EncodingName.ShouldBe("windows-1252");
        table.OtherEncodings.ShouldNotBeNull();
        using DelimitedTable given = DelimitedText.Open(new MemoryStream(bytes), new DelimitedTextOptions { Encoding = encoding });
        given.OtherEncodings.ShouldBeNull();
        given.Rows.Single().Cells[0].ShouldBe(name == "windows-1251" ? "Иван" : "René");
    }

    [Theory]
    [InlineData(850, "Jürgen", false)]
    [InlineData(437, "Jürgen", false)]
    [InlineData(932, "ソニー", false)]
    [InlineData(1250, "Ťapák", false)]
    public void Bytes_that_are_not_of_Windows_1252_are_answered_with_oem_first(int codePage, string name, bool isDoubleByte)
    {
        byte[] bytes = [.. "Name\n"u8, .. CodePagesEncodingProvider.Instance.GetEncoding(codePage)!.GetBytes(name), (byte)'\n'];
        string advice = Should.Throw<DelimitedTextException>(() => DelimitedText.Open(new MemoryStream(bytes))).Message;
        advice = advice[advice.IndexOf("such as", StringComparison.Ordinal)..];
        advice.ShouldStartWith("such as oem");
        string[] order = ["oem", "windows-1250", "windows-1251", "shift_jis"];
        order.Select(word => advice.IndexOf(word, StringComparison.Ordinal)).ShouldBeInOrder();
        advice.ShouldContain("shift_jis");
        advice.Contains("gb18030", StringComparison.Ordinal).ShouldBe(isDoubleByte);
    }

    [Theory]
    [InlineData("gb18030", "王伟", true)]
    [InlineData("gb18030", "李娜", true)]
    [InlineData("euc-kr", "김철수", true)]
    [InlineData("big5", "陳美玲", true)]
    [InlineData("windows-1251", "Иван", true)]
    [InlineData("windows-1252", "Jürgen Müller-Lüdenscheidt", false)]
    [InlineData("windows-1250", "René Dvořák", false)]
    public void Bytes_in_pairs_may_be_Chinese_Japanese_or_Korean(string encoding, string name, bool isDoubleByte)
    {
        Encoding written = CodePagesEncodingProvider.Instance.GetEncoding(encoding)!;
        byte[] bytes = [.. "Name\n"u8, .. written.GetBytes(name), (byte)'\n'];
        string? others;
        try
        {
            using DelimitedTable table = DelimitedText.Open(new MemoryStream(bytes));
            others = table.OtherEncodings;
        }
        catch (DelimitedTextException e)
        {
            others = e.Message;
        }

        others.ShouldNotBeNull();
        others.ShouldContain("oem");
        foreach (string asian in (string[])["gb18030", "big5", "euc-jp", "euc-kr"])
        {
            others.Contains(asian, StringComparison.Ordinal).ShouldBe(isDoubleByte);
        }
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("utf-16")]
    [InlineData("utf-32")]
    public void What_the_file_says_is_no_guess(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        using DelimitedTable table = DelimitedText.Open(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes("Name\nJürgen\n")]));
        table.OtherEncodings.ShouldBeNull();
        table.Rows.Single().Cells[0].ShouldBe("Jürgen");
    }

    [Theory]
    [InlineData(0)]
    [InlineData(70_000)]
    [InlineData(65_535)]
    public void One_byte_in_a_file_that_is_UTF8_elsewhere_stops_it_by_line_and_byte(int filling)
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes($"Name,Note\r\njürgen,{new string('x', filling)}\r\n\r\nJ"), 0xFC, .. "rgen,y\r\n"u8];
        DelimitedTextException exception = ShouldFail(() => ReadAll(new MemoryStream(bytes)));
        (exception.Error, exception.LineNumber).ShouldBe((DelimitedTextError.Encoding, 4));
        exception.Message.ShouldContain("Line 4, byte 2 (0xFC)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_file_that_says_UTF8_and_is_not_is_stopped_by_line_and_byte(bool mark)
    {
        byte[] bytes = [.. mark ? Encoding.UTF8.GetPreamble() : [], .. "Name\nab"u8, 0xFC, .. "c\n"u8];
        ShouldFail(() => DelimitedText.Open(new MemoryStream(bytes), mark ? null : new DelimitedTextOptions { Encoding = Encoding.UTF8 }))
            .Message.ShouldContain("Line 2, byte 3 (0xFC)");
    }

    [Theory]
    [InlineData(0x81)]
    [InlineData(0x8D)]
    [InlineData(0x8F)]
    [InlineData(0x90)]
    [InlineData(0x9D)]
    public void Bytes_that_Windows_1252_does_not_have_are_not_Windows_1252(byte undefined)
    {
        DelimitedTextException exception = ShouldFail(() => ReadAll(new MemoryStream([.. "Name\nab"u8, 0xE9, (byte)'\n', (byte)'c', undefined, (byte)'\n'])));
        exception.Error.ShouldBe(DelimitedTextError.Encoding);
        exception.Message.ShouldContain("Windows-1252 does not have");
    }

    [Fact]
    public void Bytes_of_another_encoding_that_are_UTF8_by_chance_do_not_make_it_UTF8()
    {
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding("gb18030")!.GetBytes("Name\n张伟\n王芳\n李娜\n");
        ShouldFail(() => ReadAll(new MemoryStream(bytes))).Message.ShouldNotContain("Correct that line");
    }

    [Fact]
    public void The_row_of_a_spreadsheet_counts_blank_lines_and_a_row_of_several_lines_once()
    {
        using DelimitedTable table = Open("sep=;\r\nName;Note\r\n\r\njane;\"two\r\nlines\"\r\n;\r\njoe;x\r\n");
        table.Rows.Select(row => (row.Cells[0], row.SheetRow)).ShouldBe([("jane", 3), ("joe", 5)]);
    }

    [Fact]
    public void A_cell_of_a_list_with_a_hundred_thousand_members_is_read()
    {
        string members = string.Join(';', Enumerable.Range(0, 100_000).Select(i => $"member{i}@example.org"));
        using DelimitedTable table = Open($"Name,Member\nall,{members}\n");
        table.Rows.Single().Cells[1].Length.ShouldBe(members.Length);
    }

    [Fact]
    public void Whoever_reads_may_look_at_the_header_before_anything_is_said_about_it()
    {
        var options = new DelimitedTextOptions { CheckHeaders = headers => throw new InvalidOperationException(headers.Count.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
        Should.Throw<InvalidOperationException>(() => Open("jane,secret,secret\n", options)).Message.ShouldBe("3");
    }

    [Theory]
    [InlineData("jane,S3cret,S3cret\n")]
    [InlineData("jane,S3cret\njoe,\"x\"y\n")]
    [InlineData("jane,S3cret\njoe,\0\n")]
    public void No_error_of_the_form_shows_a_cell_of_the_first_line(string text) => ShouldFail(() => ReadAll(text)).ToString().ShouldNotContain("S3cret");

    [Fact]
    public void What_an_encoding_cannot_write_is_an_error_and_no_question_mark()
    {
        using var stream = new MemoryStream();
        var writer = new DelimitedTextWriter(stream, ',', Encoding.Latin1);
        writer.WriteRow(["Иван"]);
        Should.Throw<EncoderFallbackException>(writer.Flush);
    }

    [Fact]
    public void An_encoding_asked_for_must_fit()
    {
        byte[] bytes = [.. "Name\nJ"u8, 0xFC, .. "rgen\n"u8];
        ShouldFail(() => DelimitedText.Open(new MemoryStream(bytes), new DelimitedTextOptions { Encoding = Encoding.UTF8 }))
            .Error.ShouldBe(DelimitedTextError.Encoding);
    }

    [Fact]
    public void Ragged_rows_are_reported_and_the_rest_goes_on()
    {
        using DelimitedTable table = Open("a,b\n1,2\n1\n1,2,3\n3,4\n");

        table.Rows.Select(row => row.Error).ShouldBe([null, "expected 2 cells, found 1", "expected 2 cells, found 3", null]);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,\"open\n5,6\n", DelimitedTextError.BrokenQuote, 2, 3, "2")]
    [InlineData("a,b\n1,2\n3,\"x\"y\n5,6\n", DelimitedTextError.BrokenQuote, 2, 3, "2")]
    [InlineData("a,\"b\n1,2\n", DelimitedTextError.BrokenQuote, 0, 1, "2")]
    [InlineData("a,A\n1,2\n", DelimitedTextError.DuplicateHeader, 0, 1, "2")]
    public void A_fault_of_the_file_names_its_place(string text, DelimitedTextError error, int row, int line, string column)
    {
        DelimitedTextException exception = ShouldFail(() => ReadAll(text));

        (exception.Error, exception.RowNumber, exception.LineNumber, exception.Column).ShouldBe((error, row, line, column));
        exception.Message.ShouldContain($"line {line}");
        exception.ShouldBeAssignableTo<FormatException>();
    }

    [Theory]
    [InlineData("", DelimitedTextError.NoHeader)]
    [InlineData("\r\n\r\n", DelimitedTextError.NoHeader)]
    [InlineData("sep=,\r\n", DelimitedTextError.NoHeader)]
    [InlineData("a,b\r\n", DelimitedTextError.NoRows)]
    [InlineData("a,b\r\n,\r\n\r\n", DelimitedTextError.NoRows)]
    public void A_file_without_content_says_what_is_missing(string text, DelimitedTextError error) =>
        ShouldFail(() => ReadAll(text)).Error.ShouldBe(error);

    [Theory]
    [InlineData(new byte[] { 0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 0x0D })]
    [InlineData(new byte[] { 0x50, 0x4B, 3, 4, 0x14, 0, 8 })]
    [InlineData(new byte[] { 0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 0, 0, 0, 0, 0 })]
    public void A_binary_file_is_refused(byte[] bytes) =>
        ShouldFail(() => ReadAll(new MemoryStream(bytes))).Error.ShouldBe(DelimitedTextError.Binary);

    [Fact]
    public void A_NUL_deep_in_the_text_is_found()
    {
        string text = "a,b\n" + string.Concat(Enumerable.Repeat("1,2\n", 5000)) + "x\0,2\n";
        DelimitedTextException exception = ShouldFail(() => ReadAll(text));
        (exception.Error, exception.RowNumber, exception.Column).ShouldBe((DelimitedTextError.Binary, 5001, "1"));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(50_000_000)]
    public void A_huge_cell_is_refused_without_holding_it(int length)
    {
        using var stream = new FillStream("a,b\n1,2\n3,\""u8.ToArray(), length);
        long before = GC.GetAllocatedBytesForCurrentThread();
        DelimitedTextException exception = ShouldFail(() => _ = DelimitedText.Read(stream, new DelimitedTextOptions { MaxCellLength = 64 * 1024, MaxRowLength = 512 * 1024 }).Count());

        (exception.Error, exception.RowNumber, exception.LineNumber, exception.Column).ShouldBe((DelimitedTextError.TooLarge, 2, 3, "2"));
        exception.Message.ShouldContain(length < 200_000 ? "100,000" : "524,288");
        exception.Message.ShouldContain("65,536");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(8_000_000);
    }

    [Fact]
    public void What_is_written_is_what_is_read()
    {
        var cell = Gen.OneOf(
            Gen.String[Gen.Char["ab ;,\t\"\r\n'#=ü漢"], 0, 12],
            Gen.OneOf(Gen.Const("sep=;"), Gen.Const("#TYPE x"), Gen.Const(""), Gen.Const(" "), Gen.Const("\""), Gen.Const("\r\n"), Gen.Const("𝄞"), Gen.Const("=1+1")));
        Gen<(int Width, char Delimiter, bool Mark)> form = Gen.Select(Gen.Int[1, 5], Gen.Char[",;\t"], Gen.Bool);
        form.SelectMany(f => cell.Array[f.Width].Array[1, 8].Select(rows => (f, rows)))
            .Sample(sample => RoundTrips(sample.f.Width, sample.f.Delimiter, sample.f.Mark, sample.rows), iter: 2000);
    }

    private static bool RoundTrips(int width, char delimiter, bool mark, string[][] rows)
    {
        string[][] kept = [.. rows.Where(row => row.Any(cell => !string.IsNullOrWhiteSpace(cell)))];
        if (kept.Length == 0)
        {
            return true;
        }

        using var stream = new MemoryStream();
        using (var writer = new DelimitedTextWriter(stream, delimiter, mark))
        {
            writer.WriteRow(Enumerable.Range(0, width).Select(i => $"Column{i}"));
            foreach (string[] row in rows)
            {
                writer.WriteRow(row);
            }
        }

        stream.Position = 0;
        using DelimitedTable table = DelimitedText.Open(stream, width == 1 ? new DelimitedTextOptions { Delimiter = delimiter } : null);
        DelimitedRow[] read = [.. table.Rows];
        return read.Length == kept.Length && read.Zip(kept).All(pair => pair.First.Error is null && pair.First.Cells.SequenceEqual(pair.Second));
    }

    private static DelimitedTextException ShouldFail(Action action) => Should.Throw<DelimitedTextException>(action);

    private static void ReadAll(string text) => ReadAll(new MemoryStream(Encoding.UTF8.GetBytes(text)));

    private static void ReadAll(Stream stream) => _ = DelimitedText.Read(stream).Count();

    private static DelimitedTable Open(string text, DelimitedTextOptions? options = null) =>
        DelimitedText.Open(new MemoryStream(Encoding.UTF8.GetBytes(text)), options);

    /// <summary>A pipe: read once, never sought.</summary>
    private sealed class OneWayStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }

    /// <summary>A start followed by any number of letters, made while they are read.</summary>
    private sealed class FillStream(byte[] start, int length) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => true;

        public override bool CanWrite => false;

        public override long Length => start.Length + length + 1;

        public override long Position { get; set; }

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read = 0;
            for (; read < count && Position < Length; read++, Position++)
            {
                buffer[offset + read] = Position < start.Length ? start[Position] : Position == Length - 1 ? (byte)'"' : (byte)'x';
            }

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
