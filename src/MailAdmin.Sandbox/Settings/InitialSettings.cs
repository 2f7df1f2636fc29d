namespace MailAdmin.Sandbox.Settings;

/// <summary>The settings that a server starts with.</summary>
internal static class InitialSettings
{
    /// <summary>The spam rules of the sample organisation: a score for each tag that the sandbox gives. An empty server has none.</summary>
    private static readonly (string Tag, string Score)[] s_spamRules =
    [
        ("BAYES_HAM", "-3.0"), ("BAYES_SPAM", "5.1"),
        ("ARC_ALLOW", "-1.0"), ("ARC_REJECT", "1.0"),
        ("COMPLETELY_EMPTY", "7.0"),
        ("DATE_IN_FUTURE", "4.0"), ("DATE_IN_PAST", "1.0"),
        ("DKIM_ALLOW", "-0.2"), ("DKIM_REJECT", "1.0"),
        ("DMARC_POLICY_ALLOW", "-0.5"), ("DMARC_POLICY_QUARANTINE", "1.5"), ("DMARC_POLICY_REJECT", "2.0"), ("DMARC_POLICY_SOFTFAIL", "0.1"),
        ("EMPTY_SUBJECT", "1.0"), ("FAKE_REPLY", "1.0"),
        ("FORGED_RECIPIENTS", "2.0"), ("FORGED_SENDER", "0.3"),
        ("FROM_DN_EQ_ADDR", "1.0"), ("FROM_INVALID", "2.0"),
        ("GTUBE_TEST", "1000.0"), ("HAS_LIST_UNSUB", "-0.01"),
        ("HELO_BAREIP", "3.0"), ("HELO_IP_A", "1.0"), ("HELO_NOT_FQDN", "2.0"),
        ("INVALID_DATE", "1.5"), ("INVALID_MSGID", "1.7"),
        ("LONG_SUBJ", "3.0"), ("MAILLIST", "-0.2"),
        ("MID_CONTAINS_FROM", "1.0"), ("MID_MISSING_BRACKETS", "1.0"),
        ("MIME_HTML_ONLY", "0.2"), ("MIME_MA_MISSING_HTML", "1.0"), ("MIME_MA_MISSING_TEXT", "2.0"),
        ("MISSING_DATE", "1.0"), ("MISSING_FROM", "2.0"), ("MISSING_MID", "2.5"), ("MISSING_MIME_VERSION", "2.0"), ("MISSING_SUBJECT", "2.0"), ("MISSING_TO", "2.0"),
        ("MULTIPLE_FROM", "8.0"),
        ("PROB_HAM_HIGH", "-8.0"), ("PROB_HAM_LOW", "-2.0"), ("PROB_HAM_MEDIUM", "-6.0"),
        ("PROB_SPAM_HIGH", "8.0"), ("PROB_SPAM_LOW", "2.0"), ("PROB_SPAM_MEDIUM", "6.0"),
        ("RCPT_COUNT_GT_50", "1.0"), ("RCVD_NO_TLS_LAST", "0.1"), ("RDNS_NONE", "1.0"), ("R_UNDISC_RCPT", "3.0"),
        ("SPF_ALLOW", "-0.2"), ("SPF_FAIL", "1.0"),
        ("SPOOF_DISPLAY_NAME", "8.0"), ("SUBJECT_ENDS_QUESTION", "1.0"), ("SUBJECT_HAS_CURRENCY", "1.0"), ("SUBJ_ALL_CAPS", "3.0"), ("URL_IN_SUBJECT", "4.0"),
    ];

    public static void Apply(SettingsStore settings, string adminName, string adminPassword, string hostName, bool isEmpty)
    {
        settings.Set("authentication.fallback-admin.user", adminName);
        settings.Set("authentication.fallback-admin.secret", adminPassword);
        settings.Set("server.hostname", hostName);
        if (isEmpty)
        {
            AddListener(settings, "http", "http", "127.0.0.1:8080");
            AddListener(settings, "smtp", "smtp", "127.0.0.1:2525");
            AddListener(settings, "submission", "smtp", "127.0.0.1:2526");
        }
        else
        {
            AddListener(settings, "https", "http", "[::]:443", isTls: true);
            AddListener(settings, "imaptls", "imap", "[::]:993", isTls: true);
            AddListener(settings, "smtp", "smtp", "[::]:25");
            AddListener(settings, "submission", "smtp", "[::]:587");
            AddListener(settings, "submissions", "smtp", "[::]:465", isTls: true);
            settings.Set("spam-filter.pyzor.enable", "false");
            foreach ((string tag, string score) in s_spamRules)
            {
                settings.Set($"spam-filter.list.scores.{tag}", score);
            }

            settings.Set("spam-filter.bayes.classify.learns", "8");
            settings.Set("spam-filter.classifier.samples.min-ham", "8");
            settings.Set("spam-filter.classifier.samples.min-spam", "8");
        }

        settings.Set("tracer.log.type", "log");
        settings.Set("tracer.log.level", "debug");
        settings.Set("tracer.log.path", "/var/log/stalwart");
    }

    private static void AddListener(SettingsStore settings, string id, string protocol, string address, bool isTls = false)
    {
        settings.Set($"server.listener.{id}.bind.0000", address);
        settings.Set($"server.listener.{id}.protocol", protocol);
        if (isTls)
        {
            settings.Set($"server.listener.{id}.tls.implicit", "true");
        }
    }
}
