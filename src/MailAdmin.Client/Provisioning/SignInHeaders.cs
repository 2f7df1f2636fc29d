using System.Collections.Frozen;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// The headers of columns that say whether an account may sign in, in the languages of their sources. Such a column is read or refused: as an "unused
/// column" it would let in whoever was locked out.
/// </summary>
internal static class SignInHeaders
{
    // Normalised as KnownHeaders.Normalize does: letters and digits in lower case.
    private static readonly FrozenSet<string> s_enabled = FrozenSet.Create(StringComparer.Ordinal,
        "enabled", "isenabled", "accountenabled", "accountactive", "active", "isactive", "useractive", "activated", "activeint", "status", "accountstatus", "userstatus",
        "mailboxstatus", "newstatus", "signinstatus", "zimbraaccountstatus", "inetuserstatus", "ismailboxenabled", "mailboxenabled", "loginallowed", "loginenabled", "signinallowed",
        "aktiv", "aktiviert", "istaktiv", "kontoaktiv", "kontoaktiviert", "kontostatus", "freigegeben", "actif", "activé", "statut", "activo", "habilitado", "estado",
        "attivo", "abilitato", "stato", "ativo", "habilitada", "actief", "ingeschakeld", "aktywny", "aktywne", "włączony", "aktivní", "povoleno", "stav",
        "aktiverad", "aktiveret", "käytössä", "tila", "aktív", "állapot", "activ", "stare", "etkin", "aktif", "durum", "активен", "активный", "включен", "статус",
        "有効", "状態", "启用", "啟用", "状态", "狀態");

    private static readonly FrozenSet<string> s_disabled = FrozenSet.Create(StringComparer.Ordinal,
        "disabled", "isdisabled", "accountdisabled", "accountisdisabled", "userdisabled", "logindisabled", "signindisabled", "signinblocked", "blocksignin", "blockcredential",
        "blocked", "isblocked", "accountblocked", "blockedsignin", "suspended", "issuspended", "accountsuspended", "suspendedlogin", "archived", "isarchived", "inactive",
        "isinactive", "isinactivemailbox", "deactivated", "isdeactivated", "locked", "islocked", "lockedout", "accountlocked", "accountlockedout", "accountislocked",
        "nsaccountlock", "deleted", "isdeleted", "issoftdeleted", "terminated", "isterminated", "left", "hasleft", "leaver", "retired", "preventlogin", "denylogin",
        "deaktiviert", "istdeaktiviert", "kontodeaktiviert", "gesperrt", "istgesperrt", "kontogesperrt", "inaktiv", "archiviert", "gelöscht", "ausgetreten",
        "désactivé", "desactive", "suspendu", "bloqué", "bloque", "archivé", "inactif", "supprimé", "desactivado", "deshabilitado", "suspendido", "bloqueado",
        "archivado", "inactivo", "eliminado", "disattivato", "disabilitato", "sospeso", "bloccato", "archiviato", "inattivo", "desativado", "desabilitado", "suspenso",
        "arquivado", "inativo", "uitgeschakeld", "geblokkeerd", "geschorst", "gearchiveerd", "inactief", "wyłączony", "zablokowany", "zawieszony", "zarchiwizowany",
        "nieaktywny", "zakázáno", "zablokováno", "pozastaveno", "neaktivní", "inaktiverad", "avaktiverad", "spärrad", "deaktiveret", "spærret", "deaktivert", "sperret",
        "poistettukäytöstä", "letiltva", "inaktív", "dezactivat", "suspendat", "blocat", "devredışı", "pasif", "engelli", "отключен", "заблокирован", "приостановлен",
        "неактивен", "архив", "無効", "停用", "禁用", "停止");

    // Words within a longer header of an unknown source, from which it may follow that the column locks people out.
    private static readonly string[] s_suspicious =
    [
        "disabled", "suspen", "blocked", "locked", "frozen", "froze", "banned", "terminat", "revoked", "expelled", "lefton", "leftat", "dateleft", "leftdate", "leaving", "leavedate", "exitdate", "lastday", "lastworkingday",
        "offboard", "deprovision", "departure", "resigned", "dismissed", "austritt", "ausgeschieden", "accountend", "validuntil", "gültigbis",
        "archived", "inactiv", "deactivat", "lockedout", "terminated", "gesperrt", "deaktiv", "inaktiv", "archiviert", "désactiv", "suspendu",
        "bloqu", "desactiv", "deshabilit", "suspendid", "bloquead", "disattivat", "disabilitat", "sospes", "bloccat", "desativad", "desabilitad", "uitgeschakeld",
        "geblokkeerd", "zablokow", "zawiesz", "wyłącz", "zablokov", "заблокир", "отключ", "無効", "停用", "禁用",
    ];

    /// <summary>The field of such a header.</summary>
    /// <param name="normalized">The header, normalised.</param>
    /// <param name="field">What its cells say.</param>
    public static bool TryGetField(string normalized, out ImportField field)
    {
        field = normalized switch
        {
            "useraccountcontrol" or "exchangeuseraccountcontrol" => ImportField.AccountControl,
            "accountexpires" or "accountexpirationdate" => ImportField.AccountExpires,
            _ when s_enabled.Contains(normalized) => ImportField.Enabled,
            _ when s_disabled.Contains(normalized) => ImportField.AccountDisabled,
            _ => ImportField.Name,
        };
        return field != ImportField.Name;
    }

    // Words within a longer header of an unknown source, whose "no" would lock people out.
    private static readonly string[] s_permissions = ["enable", "allow", "permit", "cansign", "canlog", "maysign", "maylog", "canuse", "signin", "mayuse", "hasaccess", "hasmailbox", "darf", "zugang", "erlaubt", "autorisé", "permitid"];

    /// <summary>Whether a header that nothing else knows may say that an account may do something.</summary>
    /// <param name="normalized">The header, normalised.</param>
    public static bool IsPermission(string normalized) => Array.Exists(s_permissions, word => normalized.Contains(word, StringComparison.Ordinal));

    /// <summary>The header that a misspelt one was meant to be, one letter or one swap away; null for none.</summary>
    /// <param name="normalized">The header, normalised.</param>
    public static string? FindMisspelt(string normalized) => normalized.Length < 6 ? null
        : s_enabled.Concat(s_disabled).Where(known => known.Length >= 6 && NearestName.GetDistance(normalized, known) == 1).Order(StringComparer.Ordinal).FirstOrDefault();

    /// <summary>Whether a header that nothing else knows may say that an account is locked.</summary>
    /// <param name="normalized">The header, normalised.</param>
    public static bool IsSuspicious(string normalized) => Array.Exists(s_suspicious, word => normalized.Contains(word, StringComparison.Ordinal));
}
