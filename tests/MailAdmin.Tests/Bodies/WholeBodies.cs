using MailAdmin.Client;

namespace MailAdmin.Tests.Bodies;

/// <summary>For each operation bodies with every member that it has, of which <see cref="BodyMutation"/> makes the rest.</summary>
internal static class WholeBodies
{
    public static IReadOnlyDictionary<Operation, string[]> All { get; } = new Dictionary<Operation, string[]>
    {
        [Operations.RequestOAuthCode] =
            ["""{"type":"code","client_id":"test","redirect_uri":"stalwart://auth","nonce":"n"}""", """{"type":"device","code":"ABCD-EFGH"}"""],
        [Operations.RegisterClient] = ["""{"redirect_uris":["stalwart://auth"],"contacts":["a@example.org"],"client_name":"Test","logo_uri":"https://example.org/logo"}"""],
        [Operations.CreatePrincipal] =
        [
            """
            {"id":1,"type":"individual","name":"new","description":"New","picture":"p","tenant":"t","quota":1024,"usedQuota":0,"secrets":["s"],"emails":["new@example.org"],
            "urls":["u"],"externalMembers":["x@example.com"],"members":["m"],"memberOf":["g"],"lists":["l"],"roles":["user"],"enabledPermissions":["email-send"],
            "disabledPermissions":["email-receive"]}
            """,
            """{"type":"apiKey","name":"key","locale":"de","quota":[1,2]}""",
        ],
        [Operations.PatchPrincipal] =
        [
            """[{"action":"set","field":"emails","value":["a@example.org"]},{"action":"addItem","field":"secrets","value":"s"}]""",
            """[{"action":"removeItem","field":"memberOf","value":"g"},{"action":"set","field":"quota","value":1},{"action":"set","field":"quota","value":[1,2]},{"action":"set","field":"locale","value":"de"}]""",
        ],
        [Operations.ChangeAccountAuth] =
        [
            """[{"type":"setPassword","password":"p"},{"type":"enableOtpAuth","url":"otpauth://totp/x"},{"type":"disableOtpAuth","url":null}]""",
            """[{"type":"addAppPassword","name":"n","password":"p"},{"type":"removeAppPassword","name":"n"}]""",
        ],
        [Operations.SetAccountCrypto] =
        [
            """{"type":"disabled"}""", """{"type":"pGP","algo":"Aes256","certs":"c","allow_spam_training":true}""",
            """{"type":"sMIME","algo":"Aes128","certs":"c","allow_spam_training":false}""", """{"type":"pGP","algo":"Aes256","certs":"c"}""",
        ],
        [Operations.CreateDkimSignature] = ["""{"id":"i","algorithm":"Rsa","domain":"example.org","selector":"s"}""", """{"algorithm":"Ed25519","domain":"example.org"}"""],
        [Operations.ChangeSettings] =
        [
            """[{"type":"delete","keys":["a"]},{"type":"clear","prefix":"a.","filter":"x"}]""",
            """[{"type":"insert","prefix":"a","values":[["b","1"]],"assert_empty":false}]""",
        ],
        [Operations.RestoreDeletedItems] =
            ["null", """[{"hash":"AAAA","collection":"email","restoreTime":"2026-01-01T00:00:00Z","cancelDeletion":"2026-02-01T00:00:00Z"}]"""],
        [Operations.ClassifyMessage] =
        [
            """{"message":"From: a@b.test\r\n\r\n","remoteIp":"192.0.2.1","ehloDomain":"b.test","authenticatedAs":"jane","isTls":true,"envFrom":"a@b.test","envFromFlags":0,"envRcptTo":["c@d.test"]}""",
            """{"message":"","remoteIp":"2001:db8::1","envFrom":"","envFromFlags":18446744073709551615,"envRcptTo":[]}""",
        ],
        [Operations.TestDmarc] = ["""{"remoteIp":"::ffff:192.0.2.1","ehloDomain":"b.test","mailFrom":"a@b.test","body":"From: a@b.test\r\n\r\n"}"""],
    };
}
