using System.Collections.Frozen;
using System.Text;
using System.Text.RegularExpressions;

namespace MailAdmin.Client.Provisioning;

/// <summary>What a word says where it is about an account and its sign-in.</summary>
[Flags]
internal enum SignInRole
{
    /// <summary>A word that says nothing of its own, such as "is" or "user".</summary>
    None = 0,
    /// <summary>The account, or the way into it.</summary>
    Account = 1,
    /// <summary>One of several services of an account.</summary>
    Service = 2,
    /// <summary>The work of a person, which is not the account.</summary>
    Work = 4,
    /// <summary>The account may sign in.</summary>
    Active = 8,
    /// <summary>The account may not sign in.</summary>
    Locked = 16,
    /// <summary>The state of something.</summary>
    State = 32,
    /// <summary>The state of something, or a part of a country.</summary>
    StateOrPlace = 64,
    /// <summary>Allows what the other words name.</summary>
    Allows = 128,
    /// <summary>Denies what the other words name.</summary>
    Denies = 256,
    /// <summary>When.</summary>
    Time = 512,
    /// <summary>The end of the time in which something is valid.</summary>
    Expiry = 1024,
    /// <summary>The end of something, such as the work of a person.</summary>
    End = 2048,
}

/// <summary>
/// The words with which the sources of tables speak of the sign-in, in their languages: in headers and, as the state of an account, in cells. A word that
/// means one thing in one language and another in another is in no list (Turkish <c>engelli</c>: blocked, and a person with a disability; without its accent, French <c>archivé</c> is an archive).
/// </summary>
internal static partial class SignInWords
{
    private const int MaxEnding = 3;

    // The mark of å.
    private const int Ring = 0x30A;

    // A star stands for the endings of a word that is declined, of up to three letters.
    private static readonly (SignInRole Role, string Words)[] s_lists =
    [
        (SignInRole.None, """
            is has was are user users soft new secured member zimbra orcl flag flags indicator boolean bool value code
            kennzeichen indicateur indicador indicatore codice código
            ist hat wurde benutzer nutzer utilisateur usuario utente gebruiker użytkownik użytkownika uživatel uživatele användare bruger bruker käyttäjä felhasználó
            utilizator kullanıcı пользователь пользователя користувач користувача ユーザー 用户 用戶
            """),
        (SignInRole.Account, """
            account accounts acct login logon signin signon credential credentials mailbox access
            konto kontos konta kontot anmeldung anmelden postfach zugang zugriff compte connexion accès cuenta acceso buzón conta acesso accesso casella toegang aanmelding
            dostęp logowanie logowania skrzynka účet účtu přístup přístupu přihlášení schránka inloggning innlogging tili kirjautuminen fiók belépés postafiók cont hesap hesabı oturum
            аккаунт аккаунта доступ доступа вход входа учетнаязапись учетнойзаписи учетка логин обліковийзапис обліковогозапису вхід アカウント 账户 账号 帐户 帳戶 帳號
            """),
        (SignInRole.Service, "smtp imap pop pop3 webmail deliver delivery lda sieve sogo activesync owa mapi incoming outgoing"),
        (SignInRole.Work, "employee employment staff person people work working job contract mitarbeiter vertrag vertrags arbeitsvertrag contrat contrato contratto umowy umowa smlouva smlouvy pracovní договора"),
        (SignInRole.Work | SignInRole.Active, "employed"),
        (SignInRole.Active, """
            enabled active activated activeint
            aktiv aktive aktiviert freigegeben freigeschaltet actif activé activée activo activa activado activada habilitad* attivo attiva attivato attivata abilitat* ativo ativa ativado ativada
            actief actieve ingeschakeld geactiveerd aktywny aktywna aktywne włączon* odblokowan* aktivní aktívny aktívna povolen* zapnut* odblokován* aktiverad aktiverat aktiveret aktivert aktivt käytössä
            aktiivinen aktív engedélyezve engedélyezett bekapcsolva activ activă activat activată etkin aktif
            активен активна активно активный активная активирован* включен* разрешен* разблокирован* активний увімкнен* дозволен* активовано
            有効 启用 啟用 已启用 已啟用 正常
            """),
        (SignInRole.Locked, """
            disabled inactive deactivated deactive notactive notenabled nonactive suspended blocked locked lock lockedout archived deleted deletion removed closed terminated expired retired
            revoked banned ban bans barred blacklisted frozen freeze suspend disable deactivate paused deprovisioned expelled dismissed resigned left leaver leavers departed nologin
            deaktiviert gesperrt blockiert passiv inaktiv inaktive nichtaktiv archiviert gelöscht geloescht entfernt stillgelegt ausgetreten ausgeschieden abgelaufen suspendiert
            désactivé désactivée suspendu suspendue bloqué bloquée verrouillé verrouillée archivée inactif supprimé supprimée expiré expirée
            baja desactivad* deshabilitad* inhabilitad* suspendid* bloquead* archivad* inactivo inactiva eliminad* caducad*
            disattivat* disabilitat* sospeso sospesa bloccat* archiviat* inattivo inattiva eliminato eliminata scaduto scaduta cessato cessata
            desativad* desabilitad* suspenso suspensa arquivad* inativo inativa excluíd* expirad*
            uitdienst uitgeschakeld geblokkeerd geschorst gearchiveerd inactief inactieve gedeactiveerd verwijderd vergrendeld verlopen opgeheven
            wyłączon* zablokowan* zawieszon* zarchiwizowan* nieaktywn* dezaktywowan* usunięt* zwolnion* wygasł*
            zakázán* zablokován* blokován* pozastaven* neaktivn* neaktívn* deaktivován* vypnut* smazán* zrušen* uzamčen* uzamknut* archivován* vymazan*
            inaktiverad inaktiverat avaktiverad avaktiverat inaktivt spärrad spärrat blockerad blockerat raderad borttagen suspenderad deaktiveret deaktivert spærret sperret blokeret blokkert
            suspenderet suspendert låst låste stengt avsluttet avslutad sluttet opsagt uppsagd slettet inaktiveret poistettukäytöstä eiaktiivinen eikäytössä estetty lukittu poistettu
            letiltva letiltott inaktív zárolt zárolva felfüggesztett felfüggesztve törölt törölve kikapcsolva megszűnt dezactivat dezactivată suspendat suspendată blocat blocată inactiv inactivă
            devredışı pasif engellendi engellenmiş askıda askıyaalındı kilitli kilitlendi silindi silinmiş arşivlendi kapatıldı
            отключен* заблокирован* приостановлен* неактивен неактивн* деактивирован* удален* архив вархиве архивирован* уволен* выключен* запрещен* закрыт*
            вимкнен* відключен* заблокован* призупинен* неактивний неактивна деактивован* видален* звільнен* закрит* архівован*
            無効 停止 停用 禁用 凍結 冻结 锁定 鎖定 已禁用 已停用 已锁定 离职
            """),
        (SignInRole.State, "status statut státusz stav tila tilstand situação situación állapot stare durum durumu статус состояние статусу стан 状態 状态 狀態 ステータス"),
        (SignInRole.StateOrPlace, "state estado stato état stan"),
        (SignInRole.Allows, "enable allow allows allowed permit permitted permission can may mayuse canuse possible darf kann erlaubt zugelassen autorisé autorisée peut permitido permitida puede permesso consentito può pode toegestaan mag"),
        (SignInRole.Denies, "block blocks blok prevent deny denied forbid sperre bloquer bloquear bloqueo blocca blocco bloqueio"),
        (SignInRole.Time, """
            date time datetime timestamp at on since when day datum seit zeitpunkt tag fecha desde data dato dagtekening sinds den dne dnia od dátum tarihi tarih päivä päivämäärä дата время 日付 日期 时间 時間 日
            """),
        (SignInRole.Expiry, """
            expires expire expiry expiration validuntil validto validtill validthrough validthru validityend endofvalidity activeuntil ablauf läuftab gültigbis aktivbis expiración caducidad vencimiento scadenza vervaldatum geldigtot
            wygasa wygaśnięcia ważnydo platnostdo expirace lejár lejárat giltigttill gyldigtil utløper udløber voimassaasti expirare expiră sonkullanma geçerliliksonu
            истекает срокдействия действителендо закінчується дійснийдо 有効期限 过期时间 到期
            """),
        (SignInRole.End, """
            end ends ended until till through thru todate bis exit leave leaving termination departure separation offboarding austritt austritts ende kündigung kündigungs fin sortie départ uscita baja cessazione fine
            demissão desligamento término saída einde eind uitdienst koniec końca wyjścia zwolnienia konec ukončení odchodu slut slutt kilépés vége kilépő çıkış ayrılış bitiş
            увольнения увольнение окончания окончание звільнення закінчення 退職 離職
            """),
        (SignInRole.End | SignInRole.Time, "lastday lastworkingday lastdayofwork letzterarbeitstag 退職日 離職日 退社日"),
    ];

    // Two letters are a word of their own only where they stand apart: "deactive" is no "de" and "active".
    private static readonly FrozenSet<string> s_particles = FrozenSet.Create(StringComparer.Ordinal,
        "of", "the", "to", "de", "del", "della", "do", "da", "des", "der", "die", "das", "du", "la", "le", "les", "el", "al", "est", "es", "je", "jest", "är", "er", "van", "het", "и",
        // What tells how the cells say yes and no.
        "yn", "jn", "sn", "tf", "ind");

    // Of languages whose letter for yes is no yes by itself.
    private static readonly FrozenSet<string> s_answers = FrozenSet.Create(StringComparer.Ordinal, "sn", "on", "an", "ke", "in", "eh", "дн");

    private static readonly FrozenDictionary<string, SignInRole> s_words = Split().Where(word => !word.Text.EndsWith('*'))
        .GroupBy(word => Fold(word.Text), word => word.Role, StringComparer.Ordinal)
        .ToFrozenDictionary(group => group.Key, group => group.Aggregate((all, role) => all | role), StringComparer.Ordinal);

    private static readonly (string Stem, SignInRole Role)[] s_stems = [.. Split().Where(word => word.Text.EndsWith('*')).Select(word => (Fold(word.Text), word.Role))];

    /// <summary>The words without which a header says nothing, for those that are misspelt.</summary>
    public static IEnumerable<string> Decisive => s_words.Where(word => (word.Value & (SignInRole.Active | SignInRole.Locked | SignInRole.State)) != 0).Select(word => word.Key);

    /// <summary>What a word, as <see cref="Fold"/> returns it, says; null for one that is in no list.</summary>
    public static SignInRole? Find(string word)
    {
        if (s_words.TryGetValue(word, out SignInRole role))
        {
            return role;
        }

        foreach ((string stem, SignInRole stemRole) in s_stems)
        {
            if (word.Length - stem.Length is >= 0 and <= MaxEnding && word.StartsWith(stem, StringComparison.Ordinal))
            {
                return stemRole;
            }
        }

        return null;
    }

    /// <summary>The words of a header, folded: <c>isAccountLocked</c>, <c>is_account_locked</c> and <c>Is account locked</c> are three.</summary>
    public static IReadOnlyList<string> SplitHeader(string header)
    {
        int bracket = header.IndexOf('[', StringComparison.Ordinal);
        return DropAnswers(Word().Matches(bracket > 0 ? header[..bracket] : header).Select(match => Fold(match.Value)).Where(word => word.Length > 0));
    }

    /// <summary>What the cells are to say, <c>(yes/no)</c>, is nothing of the column. Only both together: "no" alone negates the next word.</summary>
    private static List<string> DropAnswers(IEnumerable<string> words)
    {
        var kept = new List<string>();
        foreach (string word in words)
        {
            if (kept.Count > 0 && AreAnswers(kept[^1], word))
            {
                kept.RemoveAt(kept.Count - 1);
            }
            else
            {
                kept.Add(word);
            }
        }

        return kept;
    }

    private static bool AreAnswers(string first, string second) =>
        (LocalWords.ReadTruth(first), LocalWords.ReadTruth(second)) is (true, false) or (false, true) || (first.Length == 1 && second.Length == 1 && s_answers.Contains(first + second));

    /// <summary>What the words say together, also those that are written as one (<c>accountlocked</c>); null if one of them is in no list.</summary>
    public static SignInRole? FindAll(IReadOnlyList<string> words) =>
        FindAll(string.Concat(words.Where((word, index) => !s_particles.Contains(word) || IsToDate(words, index))), 0) ?? FindAll(string.Concat(words), 0);

    private static bool IsToDate(IReadOnlyList<string> words, int index) => words[index] == "to" && index + 1 < words.Count && words[index + 1] == "date";

    private static SignInRole? FindAll(string text, int start)
    {
        if (start == text.Length)
        {
            return SignInRole.None;
        }

        for (int length = Math.Min(text.Length - start, 32); length >= 2; length--)
        {
            if (Find(text.Substring(start, length)) is { } first && FindAll(text, start + length) is { } others)
            {
                return first | others;
            }
        }

        return null;
    }

    /// <summary>Letters and digits in lower case without their marks: people leave the marks out, and programs write them in two ways. "Låst" alone is no "last".</summary>
    public static string Fold(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || IsMark(rune))
            {
                kept.Append(rune.ToString());
            }
        }

        var folded = new StringBuilder(kept.Length);
        foreach (Rune rune in kept.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes())
        {
            if (!IsMark(rune) || (rune.Value == Ring && folded is [.., 'a']))
            {
                folded.Append(Rune.ToLowerInvariant(rune).ToString());
            }
        }

        return folded.Replace('ı', 'i').Replace('ł', 'l').Replace('ø', 'o').ToString();
    }

    private static bool IsMark(Rune rune) => Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.NonSpacingMark;

    private static IEnumerable<(string Text, SignInRole Role)> Split() =>
        s_lists.SelectMany(list => list.Words.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(word => (word, list.Role)));

    /// <summary>A word ends before a capital letter that follows a small one, and capitals before one that begins a word: <c>MFAStatus</c>.</summary>
    [GeneratedRegex(@"\p{Lu}{2,}(?!\p{Ll})[\p{M}\p{Nd}]*|\p{Lu}?[\p{Ll}\p{Lo}\p{Lm}\p{M}\p{Nd}]+|\p{Lu}", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}
