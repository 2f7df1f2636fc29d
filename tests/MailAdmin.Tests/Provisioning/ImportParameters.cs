using System.Text;
using MailAdmin.Tests.Conventions;
using MailAdmin.Tests.Principals;
using static MailAdmin.Tests.Principals.JmapParameterUse;

namespace MailAdmin.Tests.Provisioning;

/// <summary>What each parameter of Import- and Export-MailPrincipal does on a server from 0.16 on. There are the groups staff, with jane, and sales.</summary>
internal sealed class ImportParameters : JmapParameterTable
{
    private const string Import = "Import-MailPrincipal";
    private const string Export = "Export-MailPrincipal";
    private const string Joe = "-InputObject ([pscustomobject]@{ Name = 'joe@example.org'; Description = 'Joe' })";

    public ImportParameters()
    {
        Prepare("New-MailPrincipal staff@example.org -Type Group -Member jane; New-MailPrincipal sales@example.org -Type Group");
        Write("joe.csv", "Name,Description\njoe@example.org,Joe\n");
        Write("joe[1].csv", "Name,Description\njoe@example.org,Joe\n");
        Write("bars.csv", "Name|Description\njoe@example.org|a,b;c\n");
        Write("windows.csv", "Name,Description\njoe@example.org,José\n", Encoding.Latin1);
        Write("text.txt", "not a table");
    }

    public static IReadOnlyList<JmapParameterUse> Uses { get; } =
    [
        Works(Import, "Path", "$folder/joe.csv -NoPassword", "(Get-MailPrincipal joe).Description -eq 'Joe'"),
        Works(Import, "LiteralPath", "-LiteralPath \"$folder/joe[1].csv\" -NoPassword", "(Get-MailPrincipal joe).Description -eq 'Joe'"),
        Works(Import, "InputObject", $"{Joe} -NoPassword", "(Get-MailPrincipal joe).Description -eq 'Joe'"),
        Works(Import, "Mode", "-InputObject ([pscustomobject]@{ Name = 'jane@example.org'; Description = 'J' }) -Mode Create -ErrorAction Ignore", "$output.ErrorId -eq 'AlreadyExists' -and (Get-MailPrincipal jane).Description -eq 'Jane'"),
        Works(Import, "Mode", $"{Joe} -NoPassword -Mode Update -ErrorAction Ignore", "$output.ErrorId -eq 'NotFound' -and $null -eq (Get-MailPrincipal joe -ErrorAction Ignore)"),
        Works(Import, "Replace", "-InputObject ([pscustomobject]@{ Name = 'jane@example.org'; MemberOf = 'sales' }) -Replace", "\"$((Get-MailPrincipal jane).MemberOf)\" -eq 'sales@example.org'"),
        Works(Import, "ResetPassword", "-InputObject ([pscustomobject]@{ Name = 'jane@example.org'; Password = 'walks along a made-up road' }) -ResetPassword", "(Get-MailPrincipal jane).PasswordCount -eq 1"),
        new(Import, "Strict", "try { [pscustomobject]@{ Name = 'joe@example.org' }, [pscustomobject]@{ Name = 'jim@else.test' } | Import-MailPrincipal -NoPassword -Strict -ErrorAction Ignore } catch { }", "$null -eq (Get-MailPrincipal joe -ErrorAction Ignore)", null),
        Works(Import, "GeneratePassword", $"{Joe} -GeneratePassword", "$output.Credential.UserName -eq 'joe@example.org' -and (Get-MailPrincipal joe).PasswordCount -eq 1"),
        Works(Import, "NoPassword", $"{Joe} -NoPassword", "(Get-MailPrincipal joe).PasswordCount -eq 0"),
        // Nothing needs it: whatever has a name has an address.
        Works(Import, "NoAddress", "-InputObject ([pscustomobject]@{ Name = 'joe' }) -NoPassword -NoAddress -ErrorAction Ignore", "$output.ErrorId -eq 'NameNotAddress' -and $output.Error -like '*is its primary address*' -and $changes.Invoke() -eq 0"),
        // The server looks at what it gets in clear.
        Works(Import, "HashAlgorithm", "-InputObject ([pscustomobject]@{ Name = 'joe@example.org'; Password = '12345678' }) -HashAlgorithm None -ErrorAction Ignore", "$output.Error -like '*too weak*'"),
        Works(Import, "HashAlgorithm", "-InputObject ([pscustomobject]@{ Name = 'joe@example.org'; Password = '12345678' }) -HashAlgorithm Sha512Crypt", "(Get-MailPrincipal joe).PasswordCount -eq 1"),
        Works(Import, "NameFrom", "-InputObject ([pscustomobject]@{ Email = 'joe@example.org' }) -NoPassword -NameFrom Email", "(Get-MailPrincipal joe).Name -eq 'joe@example.org'"),
        Works(Import, "NameFrom", "-InputObject ([pscustomobject]@{ Email = 'joe@example.org' }) -NoPassword -NameFrom LocalPart", "(Get-MailPrincipal joe).Name -eq 'joe@example.org'"),
        Works(Import, "AllowUnusualName", "-InputObject ([pscustomobject]@{ Name = 'night shift@example.org' }) -NoPassword -AllowUnusualName -ErrorAction Ignore", "$output.Error -notlike '*-AllowUnusualName*'"),
        Works(Import, "ColumnMap", "-InputObject ([pscustomobject]@{ Konto = 'joe@example.org' }) -NoPassword -ColumnMap @{ Konto = 'Name' }", "(Get-MailPrincipal joe).Name -eq 'joe@example.org'"),
        Works(Import, "Encoding", "$folder/windows.csv -NoPassword -Encoding windows-1252", "(Get-MailPrincipal joe).Description -ceq \"Jos$([char]0xe9)\""),
        Works(Import, "Delimiter", "$folder/bars.csv -NoPassword -Delimiter '|'", "(Get-MailPrincipal joe).Description -eq 'a,b;c'"),
        Works(Import, "FailedPath", "-InputObject ([pscustomobject]@{ Name = 'joe@else.test' }) -NoPassword -FailedPath $folder/failed.csv -ErrorAction Ignore", "[IO.File]::ReadAllText(\"$folder/failed.csv\") -like '*joe@else.test*'"),
        Works(Import, "CredentialPath", $"{Joe} -GeneratePassword -CredentialPath $folder/made.csv", "[IO.File]::ReadAllText(\"$folder/made.csv\") -like '*joe@example.org,*'"),

        Works(Export, "Path", "$folder/all.csv", "[IO.File]::ReadAllText(\"$folder/all.csv\") -like '*jane@example.org*'"),
        Works(Export, "InputObject", "$folder/one.csv -InputObject (Get-MailPrincipal jane)", "[IO.File]::ReadAllLines(\"$folder/one.csv\").Count -eq 2"),
        Works(Export, "Type", "$folder/groups.csv -Type Group", "[IO.File]::ReadAllLines(\"$folder/groups.csv\").Count -eq 3"),
        IsRefused(Export, "Type", "$folder/rooms.csv -Type Resource", "no principals of type Resource"),
        Works(Export, "Text", "$folder/janes.csv -Text JANE", "[IO.File]::ReadAllLines(\"$folder/janes.csv\").Count -eq 2"),
        Works(Export, "Delimiter", "$folder/all.csv -Delimiter ';'", "[IO.File]::ReadAllText(\"$folder/all.csv\") -like 'Name;Type*'"),
        Works(Export, "Encoding", "$folder/all.csv -Encoding utf-16", "[IO.File]::ReadAllBytes(\"$folder/all.csv\")[0] -eq 0xff"),
        new(Export, "ProtectFormula", "Set-MailPrincipal jane -Description '=1+1'; Export-MailPrincipal $folder/all.csv -Type Individual -ProtectFormula", "[IO.File]::ReadAllText(\"$folder/all.csv\") -like \"*'=1+1*\"", null),
        Works(Export, "Force", "$folder/text.txt -Type Group -Force", "[IO.File]::ReadAllText(\"$folder/text.txt\") -like '*staff@example.org*'"),
    ];
}
