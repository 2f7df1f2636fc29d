using System.Collections.Frozen;

namespace MailAdmin.Client.Provisioning;

/// <summary>
/// Which headers name a password, in the languages of the sources. Such a column need not be read: what is in it must not be shown. "PasswordLastSet" names none:
/// each of its words must be one of a password, or say which one.
/// </summary>
internal static class PasswordHeaders
{
    private static readonly FrozenSet<string> s_passwords = Split("""
        password passwords passwd pwd pw pass passphrase passcode pin secret passwort passwörter kennwort kennwörter geheim geheimnis passe motdepasse contraseña clave senha parola wachtwoord
        hasło heslo lösenord adgangskode adgangsord passord salasana jelszó parolă şifre пароль 密码 密碼 パスワード
        """);

    private static readonly FrozenSet<string> s_others = Split("""
        initial initials initiales initiale first start new neu neues neue nouveau nueva temp temporary temporäres default standard clear plain cleartext plaintext text generated user users account login mail email
        mailbox hash hashed crypt crypted mot de du la le palavra her his the
        """);

    public static bool Contains(string header)
    {
        IReadOnlyList<string> words = SignInWords.SplitHeader(header);
        return words.Any(s_passwords.Contains) && words.All(word => s_passwords.Contains(word) || s_others.Contains(word));
    }

    private static FrozenSet<string> Split(string words) =>
        words.Split((char[])[' ', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(SignInWords.Fold).ToFrozenSet(StringComparer.Ordinal);
}
