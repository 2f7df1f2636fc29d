using System.Collections.Frozen;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Words for yes, no, and the state of an account in the languages of the programs that write tables: Excel writes TRUE in the language of its
/// user. A word that means one thing in one language and another in another is in no list.
/// </summary>
internal static class LocalWords
{
    /// <summary>The languages of the lists, for errors.</summary>
    public const string Languages =
        "English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Czech, Swedish, Danish, Norwegian, Finnish, Hungarian, Romanian, Turkish, Russian, Japanese or Chinese";

    private static readonly FrozenSet<string> s_yes = FrozenSet.Create(StringComparer.Ordinal,
        "TRUE", "$TRUE", "YES", "Y", "T", "1", "ON", "WAHR", "JA", "J", "VRAI", "OUI", "VERDADERO", "SÍ", "SI", "VERO", "SÌ", "VERDADEIRO", "SIM", "WAAR",
        "PRAWDA", "TAK", "PRAVDA", "ANO", "ÁNO", "SANT", "SAND", "TOSI", "KYLLÄ", "IGAZ", "IGEN", "ADEVĂRAT", "DA", "DOĞRU", "EVET", "ИСТИНА", "ДА",
        "はい", "真", "是");

    private static readonly FrozenSet<string> s_no = FrozenSet.Create(StringComparer.Ordinal,
        "FALSE", "$FALSE", "NO", "N", "F", "0", "OFF", "FALSCH", "NEIN", "FAUX", "NON", "FALSO", "NÃO", "NAO", "ONWAAR", "NEE", "FAŁSZ", "NIE", "NEPRAVDA", "NE",
        "FALSKT", "NEJ", "FALSK", "USAND", "NEI", "EPÄTOSI", "EI", "HAMIS", "NEM", "FALS", "NU", "YANLIŞ", "HAYIR", "ЛОЖЬ", "НЕТ",
        "いいえ", "偽", "假", "否");

    // What Google, Zimbra, mailcow, directories and people call an account that may sign in.
    private static readonly FrozenSet<string> s_active = FrozenSet.Create(StringComparer.Ordinal,
        "ACTIVE", "ACTIVATED", "ENABLED", "AKTIV", "AKTIVIERT", "FREIGEGEBEN", "ACTIF", "ACTIVÉ", "ACTIVO", "HABILITADO", "ATTIVO", "ABILITATO", "ATIVO", "ATIVADO", "ACTIEF",
        "INGESCHAKELD", "AKTYWNY", "AKTYWNE", "AKTIVNÍ", "AKTÍVNY", "AKTIVT", "AKTIVERAD", "AKTIVERET", "AKTIIVINEN", "AKTÍV", "ACTIV", "ETKİN", "AKTİF", "AKTIF", "АКТИВЕН",
        "АКТИВНЫЙ", "ВКЛЮЧЕН", "有効", "启用", "啟用");

    private static readonly FrozenSet<string> s_inactive = FrozenSet.Create(StringComparer.Ordinal,
        "INACTIVE", "DISABLED", "DEACTIVATED", "SUSPENDED", "BLOCKED", "LOCKED", "LOCKOUT", "ARCHIVED", "DELETED", "CLOSED", "TERMINATED", "EXPIRED", "RETIRED", "MAINTENANCE",
        "INAKTIV", "DEAKTIVIERT", "GESPERRT", "ARCHIVIERT", "GELÖSCHT", "AUSGETRETEN", "INACTIF", "DÉSACTIVÉ", "SUSPENDU", "BLOQUÉ", "ARCHIVÉ",
        "SUPPRIMÉ", "INACTIVO", "DESACTIVADO", "DESHABILITADO", "SUSPENDIDO", "BLOQUEADO", "ARCHIVADO", "INATTIVO", "DISATTIVATO", "DISABILITATO", "SOSPESO",
        "BLOCCATO", "ARCHIVIATO", "INATIVO", "DESATIVADO", "DESABILITADO", "SUSPENSO", "ARQUIVADO", "INACTIEF", "UITGESCHAKELD", "GEBLOKKEERD", "GESCHORST",
        "GEARCHIVEERD", "NIEAKTYWNY", "NIEAKTYWNE", "WYŁĄCZONY", "ZABLOKOWANY", "ZAWIESZONY", "ZARCHIWIZOWANY", "NEAKTIVNÍ", "ZAKÁZÁNO", "ZABLOKOVÁNO", "POZASTAVENO",
        "INAKTIVT", "INAKTIVERAD", "SPÄRRAD", "DEAKTIVERET", "SPÆRRET", "SPERRET", "DEAKTIVERT", "EI AKTIIVINEN", "INAKTÍV", "LETILTVA", "INACTIV",
        "DEZACTIVAT", "SUSPENDAT", "BLOCAT", "DEVRE DIŞI", "PASİF", "PASIF", "НЕАКТИВЕН", "ОТКЛЮЧЕН", "ЗАБЛОКИРОВАН", "ПРИОСТАНОВЛЕН", "В АРХИВЕ", "無効", "停止", "停用", "禁用");

    /// <summary>Whether a word means yes or no; null for neither.</summary>
    public static bool? ReadTruth(string text) => Find(text, s_yes, s_no);

    /// <summary>Whether a word says of an account that it may sign in; null for neither.</summary>
    public static bool? ReadState(string text) => Find(text, s_active, s_inactive);

    private static bool? Find(string text, FrozenSet<string> yes, FrozenSet<string> no)
    {
        string word = text.Trim().ToUpperInvariant();
        return yes.Contains(word) ? true : no.Contains(word) ? false : null;
    }
}
