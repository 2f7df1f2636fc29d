using System.Collections.Frozen;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Words for yes, no, and the state of an account in the languages of the programs that write tables: Excel writes TRUE in the language of its
/// user. A word that means one thing in one language and another in another is in no list. The words for the state of an account are in <see cref="SignInWords"/>.
/// </summary>
internal static class LocalWords
{
    /// <summary>The languages of the lists, for errors.</summary>
    public const string Languages =
        "English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish, Norwegian, Finnish, Hungarian, Romanian, Turkish, Russian, Ukrainian, Japanese or Chinese";

    private static readonly FrozenSet<string> s_yes = FrozenSet.Create(StringComparer.Ordinal,
        "TRUE", "$TRUE", "YES", "Y", "T", "1", "ON", "WAHR", "JA", "J", "VRAI", "OUI", "VERDADERO", "SÍ", "SI", "VERO", "SÌ", "VERDADEIRO", "SIM", "WAAR",
        "PRAWDA", "TAK", "PRAVDA", "ANO", "ÁNO", "SANT", "SAND", "TOSI", "KYLLÄ", "IGAZ", "IGEN", "ADEVĂRAT", "DA", "DOĞRU", "EVET", "ИСТИНА", "ДА", "ТАК",
        "はい", "真", "是");

    private static readonly FrozenSet<string> s_no = FrozenSet.Create(StringComparer.Ordinal,
        "FALSE", "$FALSE", "NO", "N", "F", "0", "OFF", "FALSCH", "NEIN", "FAUX", "NON", "FALSO", "NÃO", "NAO", "ONWAAR", "NEE", "FAŁSZ", "NIE", "NEPRAVDA", "NE",
        "FALSKT", "NEJ", "FALSK", "USAND", "NEI", "EPÄTOSI", "EI", "HAMIS", "NEM", "FALS", "NU", "YANLIŞ", "HAYIR", "ЛОЖЬ", "НЕТ", "НІ",
        "いいえ", "偽", "假", "否");

    // "not active", "not suspended" of cPanel, and "no access".
    private static readonly string[] s_negations = ["not ", "nicht ", "non ", "no ", "não ", "niet ", "nie ", "ne ", "není ", "inte ", "ikke ", "ikki ", "ei ", "nem ", "nu ", "не ",
        "kein ", "keine ", "sans ", "pas d'", "pas d’", "sin ", "sem ", "nessun ", "senza ", "geen ", "brak ", "ingen ", "нет ", "без "];

    // The others, such as "enable" and "allow", may also say what is to be done.
    private static readonly FrozenSet<string> s_allowed = FrozenSet.Create(StringComparer.Ordinal,
        "allowed", "permitted", "erlaubt", "zugelassen", "autorise", "autorisee", "permitido", "permitida", "permesso", "consentito", "toegestaan");

    private static readonly FrozenSet<string> s_nothing = FrozenSet.Create(StringComparer.Ordinal,
        "none", "nothing", "noaccess", "kein", "keine", "keiner", "keines", "aucun", "aucune", "ninguno", "ninguna", "nessuno", "nessuna", "nenhum", "nenhuma", "geen", "brak", "zadny", "zadna", "ingen", "inget", "intet",
        "nincs", "niciunul", "niciuna", "yok", "нет", "немає", "なし", "无", "無");

    private static readonly FrozenSet<string> s_never = FrozenSet.Create(StringComparer.Ordinal,
        "0", "-1", "NEVER", "NONE", "UNLIMITED", "NIEMALS", "JAMAIS", "NUNCA", "MAI", "NOOIT", "NIGDY", "NIKDY", "ALDRIG", "ALDRI", "SOHA", "ASLA", "NICIODATĂ", "НИКОГДА", "НІКОЛИ");

    /// <summary>Whether a word means yes or no; null for neither.</summary>
    public static bool? ReadTruth(string text)
    {
        string word = NameText.Normalize(text).Trim().Replace('ı', 'i').ToUpperInvariant();
        return s_yes.Contains(word) ? true : s_no.Contains(word) ? false : null;
    }

    /// <summary>Whether a word says of an account that it may sign in; null for neither.</summary>
    public static bool? ReadState(string text)
    {
        string word = text.Trim().ToLowerInvariant();
        return Array.Find(s_negations, negation => word.StartsWith(negation, StringComparison.Ordinal)) is { } found ? ReadDenied(word[found.Length..]) : ReadPlainState(word);
    }

    /// <summary>Whether a word says that there is none: no access, no account.</summary>
    public static bool IsNothing(string text) => s_nothing.Contains(SignInWords.Fold(text.Trim()));

    /// <summary>Whether a word says that something never happens.</summary>
    public static bool IsNever(string text) => s_never.Contains(text.Trim().ToUpperInvariant());

    private static bool? ReadDenied(string word) => SignInWords.Find(SignInWords.Fold(word)) == SignInRole.Account ? false : !ReadPlainState(word);

    // Zimbra closes an account for maintenance: columns of these names are none of an account.
    private static bool? ReadPlainState(string word) => SignInWords.Fold(word) is var folded && folded is "maintenance" or "lockout" ? false : SignInWords.Find(folded) switch
    {
        SignInRole.Active => true,
        SignInRole.Denies => false,
        SignInRole.Allows when s_allowed.Contains(folded) => true,
        // Some are also the end of a contract: "baja".
        { } role when (role & SignInRole.Locked) != 0 && (role & SignInRole.Active) == 0 => false,
        _ => null,
    };
}
