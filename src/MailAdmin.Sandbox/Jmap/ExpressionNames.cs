namespace MailAdmin.Sandbox.Jmap;

/// <summary>What an expression of a setting may name. Which of it is allowed where, is not kept here: all of it passes everywhere.</summary>
internal static class ExpressionNames
{
    /// <summary>The functions, with how many arguments each takes.</summary>
    public static IReadOnlyDictionary<string, int> Functions { get; } = new Dictionary<string, int>(StringComparer.Ordinal)
    {
        ["contains"] = 2,
        ["contains_ignore_case"] = 2,
        ["count"] = 1,
        ["count_chars"] = 1,
        ["count_lowercase"] = 1,
        ["count_spaces"] = 1,
        ["count_uppercase"] = 1,
        ["counter_get"] = 2,
        ["counter_incr"] = 3,
        ["dedup"] = 1,
        ["dns_query"] = 2,
        ["email_part"] = 2,
        ["ends_with"] = 2,
        ["eq_ignore_case"] = 2,
        ["has_digits"] = 1,
        ["hash"] = 2,
        ["if_then"] = 3,
        ["ip_reverse_name"] = 1,
        ["is_email"] = 1,
        ["is_empty"] = 1,
        ["is_intersect"] = 2,
        ["is_ip_addr"] = 1,
        ["is_ip_in_cidr"] = 2,
        ["is_ipv4_addr"] = 1,
        ["is_ipv6_addr"] = 1,
        ["is_local_address"] = 1,
        ["is_local_domain"] = 1,
        ["is_lowercase"] = 1,
        ["is_number"] = 1,
        ["is_uppercase"] = 1,
        ["key_exists"] = 2,
        ["key_get"] = 2,
        ["key_set"] = 3,
        ["len"] = 1,
        ["lines"] = 1,
        ["rsplit"] = 2,
        ["rsplit_once"] = 2,
        ["sort"] = 2,
        ["split"] = 2,
        ["split_n"] = 3,
        ["split_once"] = 2,
        ["split_words"] = 1,
        ["sql_query"] = 3,
        ["starts_with"] = 2,
        ["strip_prefix"] = 2,
        ["strip_suffix"] = 2,
        ["substring"] = 3,
        ["to_lowercase"] = 1,
        ["to_uppercase"] = 1,
        ["trim"] = 1,
        ["trim_end"] = 1,
        ["trim_start"] = 1,
        ["winnow"] = 1,
    };

    /// <summary>The variables and the words.</summary>
    public static IReadOnlySet<string> Values { get; } = (
        "asn attributes authenticated_as authority bcc bcc.domain bcc.local bcc.name body body.html body.raw body.text body.words cc cc.domain cc.local cc.name country domain email email_lower "
        + "env_from env_from.domain env_from.local env_to expires_in from from.domain from.local from.name headers helo_domain host ip ip_reverse is_tls is_v4 is_v6 last_error last_status listener "
        + "local local_ip local_port location method mx name name_lower notify_num octets path path_query port priority protocol query queue_age queue_name raw raw_lower rcpt rcpt_domain "
        + "received_from_ip received_via_port recipients remote_ip remote_ip.ptr remote_port reply_to reply_to.domain reply_to.local reply_to.name retry_num reverse_ip scheme sender sender_domain "
        + "size sld source subject subject.thread subject.words to to.domain to.local to.name url value value_lower "
        + "true false relaxed strict disable optional require ipv4_only ipv6_only ipv6_then_ipv4 ipv4_then_ipv6 hourly daily weekly login plain xoauth2 oauthbearer mixer stanag4406 nsep")
        .Split(' ').ToHashSet(StringComparer.Ordinal);
}
