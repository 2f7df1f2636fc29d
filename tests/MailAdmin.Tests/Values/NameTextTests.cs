using MailAdmin.Client;

namespace MailAdmin.Tests.Values;

/// <summary>Names are composed, and what nobody sees is refused with its code point.</summary>
public sealed class NameTextTests
{
    [Fact]
    public void A_question_mark_between_letters_is_a_lost_letter_in_a_file_and_meant_where_it_is_typed()
    {
        NameText.GetFileTextError("J?rgen M?ller").ShouldNotBeNull().ShouldStartWith("Character 2 is U+003F");
        NameText.GetDescriptionError("What?No").ShouldBeNull();
    }

    [Theory]
    [InlineData("rene\u0301", "ren\u00E9")]
    [InlineData("\u1112\u1161\u11AB", "\uD55C")]
    [InlineData("a\u030Aberg", "\u00E5berg")]
    [InlineData("plain", "plain")]
    public void Names_are_composed(string given, string composed) => NameText.Normalize(given).ShouldBe(composed);

    [Theory]
    [InlineData("lena\u200B", "Character 5 is U+200B (zero width space)")]
    [InlineData("\u200Emark", "U+200E (left-to-right mark)")]
    [InlineData("so\u00ADft", "U+00AD (soft hyphen)")]
    [InlineData("re\uFFFDne", "U+FFFD (replacement character): a letter was lost")]
    [InlineData("\uFEFFname", "U+FEFF (byte order mark")]
    [InlineData("a\u202Egpj", "U+202E (change of the writing direction)")]
    [InlineData("a\u2066b", "U+2066")]
    [InlineData("a\tb", "U+0009 (control character)")]
    [InlineData("a\u001b[31m", "U+001B (control character)")]
    [InlineData("a\u0085b", "U+0085 (control character)")]
    [InlineData("a\u2028b", "U+2028 (line separator)")]
    [InlineData("a\u00A0b", "U+00A0 (no-break space)")]
    [InlineData("a\u3164b", "U+3164")]
    [InlineData("a\u2800b", "U+2800")]
    [InlineData("a\uFE0F", "U+FE0F")]
    [InlineData("a\uE000", "U+E000")]
    [InlineData("a\uFFFEb", "U+FFFE")]
    [InlineData("a\uDB40\uDC41", "Character 2 is U+E0041")]
    [InlineData("😀\u200B", "Character 2 is U+200B")]
    [InlineData("M?ller", "U+003F (question mark) between two letters")]
    [InlineData("J\u00C3\u00BCrgen", "'Jürgen'")]
    public void What_nobody_sees_is_no_name(string name, string reason) => NameText.GetNameError(name).ShouldNotBeNull().ShouldContain(reason);

    // Not as data of a theory: it would be spoilt on its way here.
    [Fact]
    public void Half_a_character_is_refused_and_left_as_it_is()
    {
        string half = "half" + '\uD800';
        NameText.GetNameError(half).ShouldNotBeNull().ShouldContain("Character 5 is U+D800 (half a character)");
        NameText.GetDescriptionError('\uDC00' + "x").ShouldNotBeNull().ShouldContain("U+DC00");
        NameText.Normalize(half).ShouldBe(half);
    }

    [Theory]
    [InlineData("jane.doe+tag@example.org")]
    [InlineData("jürgen")]
    [InlineData("иван")]
    [InlineData("山田太郎")]
    [InlineData("علي")]
    [InlineData("jane doe")]
    [InlineData("o\u2019brien")]
    [InlineData("who?")]
    public void A_name_of_any_script_is_one(string name) => NameText.GetNameError(name).ShouldBeNull();

    [Theory]
    [InlineData("علی\u200Cرضا")]
    [InlineData("👩\u200D💻 Ada")]
    [InlineData("two\r\nlines\tand a tab")]
    [InlineData("M. Dupont\u00A0: ventes")]
    [InlineData("https://example.org/?a?b")]
    [InlineData("Café «É»")]
    [InlineData("ÅÄÖ Ångström")]
    [InlineData("Ñandú SÃO PAULO")]
    public void A_description_may_have_what_its_script_needs(string description) => NameText.GetDescriptionError(description).ShouldBeNull();

    [Theory]
    [InlineData("Ada\u200B", "U+200B")]
    [InlineData("a\u001b[2J", "U+001B")]
    [InlineData("M\uFFFDller", "U+FFFD")]
    [InlineData("\u202Eabc", "U+202E")]
    [InlineData("J\u00C3\u00BCrgen M\u00C3\u00BCller", "'Jürgen Müller'")]
    [InlineData("\u00D0\u02DC\u00D0\u00B2\u00D0\u00B0\u00D0\u00BD", "'Иван'")]
    [InlineData("caf\u00C3\u00A9 O\u00E2\u20AC\u2122Brien", "'café O\u2019Brien'")]
    public void A_description_that_was_spoilt_is_refused(string description, string reason) => NameText.GetDescriptionError(description).ShouldNotBeNull().ShouldContain(reason);

    [Theory]
    [InlineData("o\u2019brien", "U+2019 (typographic quotation mark)")]
    [InlineData("anne\u2013marie", "U+2013 (typographic dash)")]
    [InlineData("\u201Csq.one\u201D", "U+201C")]
    [InlineData("a\u2011b", "U+2011 (typographic hyphen)")]
    [InlineData("a\u2212b", "U+2212 (minus sign)")]
    public void Quotation_marks_and_dashes_of_a_text_processor_are_told(string login, string reason) => NameText.GetTypographicError(login).ShouldNotBeNull().ShouldContain(reason);

    [Theory]
    [InlineData("o'brien")]
    [InlineData("anne-marie")]
    [InlineData("jürgen_x")]
    public void Those_of_the_keyboard_are_not(string login) => NameText.GetTypographicError(login).ShouldBeNull();

    [Theory]
    [InlineData("o\uFB03ce", "ffi")]
    [InlineData("\uFF46ull", "f")]
    [InlineData("m\u00B2", "2")]
    [InlineData("\U0001D4B6nna", "a")]
    [InlineData("no\u2116", "No")]
    public void A_character_that_is_another_form_of_plain_ones_is_told_and_is_in_no_address(string name, string plain)
    {
        NameText.GetFormError(name).ShouldNotBeNull().ShouldContain($"write '{plain}'");
        LoginName.GetError(name).ShouldNotBeNull().ShouldContain("-AllowUnusualName");
        MailAddress.GetValidationError($"{name}@example.org").ShouldNotBeNull().ShouldContain($"write '{plain}'");
    }

    // Letters of their own, though Unicode takes some apart.
    [Theory]
    [InlineData("jürgen")]
    [InlineData("กำพล")]
    [InlineData("ｶﾅ")]
    [InlineData("weiß.straße")]
    [InlineData("이름")]
    public void Letters_of_a_language_are_taken(string name) => NameText.GetFormError(name).ShouldBeNull();

    // Each is shown like a Latin letter, and is another one.
    [Theory]
    [InlineData("j\u0430ne", "Character 2", "Cyrillic letter U+0430")]
    [InlineData("\u0391nna", "Character 1", "Greek letter U+0391")]
    [InlineData("ann\u0585", "Character 4", "Armenian letter U+0585")]
    public void A_letter_of_another_script_among_Latin_ones_is_told(string login, string position, string letter)
    {
        string reason = NameText.GetMixedScriptError(login).ShouldNotBeNull();
        reason.ShouldContain(position);
        reason.ShouldContain(letter);
        LoginName.GetError(login).ShouldNotBeNull().ShouldContain("-AllowUnusualName");
    }

    [Theory]
    [InlineData("jürgen")]
    [InlineData("анна.петрова-2")]
    [InlineData("άννα")]
    [InlineData("test田中")]
    [InlineData("ẽva")]
    public void Names_of_one_script_are_taken(string login) => NameText.GetMixedScriptError(login).ShouldBeNull();
}
