# Dot-sourced by Live.Tests.ps1: the reports that other servers send, as mail.

# A report as mail: its kind, and the part that holds it.
function New-ReportMessage([string] $Type, [string] $Subject, [string] $Part, [string] $Header) {
    @"
From: <$($Live.Sender)>
To: <$ReportAddress>
Subject: $Subject
Date: $([DateTimeOffset]::UtcNow.ToString('ddd, dd MMM yyyy HH:mm:ss +0000', [cultureinfo]::InvariantCulture))
Message-ID: <$([guid]::NewGuid().ToString('n'))@client.$Domain>
MIME-Version: 1.0
Content-Type: $Type; boundary="part1"
$Header
--part1
Content-Type: text/plain; charset="utf-8"

This is a report.

--part1
$Part
--part1--
"@
}

function ConvertTo-Gzip([string] $Text) {
    $packed = [IO.MemoryStream]::new()
    $gzip = [IO.Compression.GZipStream]::new($packed, [IO.Compression.CompressionMode]::Compress)
    $gzip.Write([Text.Encoding]::UTF8.GetBytes($Text))
    $gzip.Dispose()
    [Convert]::ToBase64String($packed.ToArray(), 'InsertLineBreaks')
}

# A report about DMARC with one record of seven messages, and a mark as its id.
function New-DmarcReportMail([string] $Mark) {
    $xml = "<?xml version=`"1.0`"?><feedback><version>1.0</version><report_metadata><org_name>reporter.$Domain</org_name><email>noreply@reporter.$Domain</email>" +
    "<report_id>$Mark</report_id><date_range><begin>1767225600</begin><end>1767311999</end></date_range></report_metadata><policy_published><domain>$Domain</domain>" +
    '<adkim>r</adkim><aspf>s</aspf><p>quarantine</p><sp>none</sp><pct>100</pct></policy_published><record><row><source_ip>192.0.2.10</source_ip><count>7</count>' +
    "<policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>$Domain</header_from></identifiers>" +
    "<auth_results><dkim><domain>$Domain</domain><selector>s1</selector><result>pass</result></dkim><spf><domain>$Domain</domain><result>fail</result></spf></auth_results></record></feedback>"
    $part = "Content-Type: application/gzip`nContent-Transfer-Encoding: base64`nContent-Disposition: attachment;`n filename=`"reporter.$Domain!$Domain!1767225600!1767311999.xml.gz`"`n`n$(ConvertTo-Gzip $xml)`n"
    New-ReportMessage multipart/mixed "Report Domain: $Domain Submitter: reporter.$Domain Report-ID: $Mark" $part
}

# A report about TLS with 303 failures.
function New-TlsReportMail([string] $Mark) {
    $json = @{
        'organization-name' = "Reporter $Prefix"; 'date-range' = @{ 'start-datetime' = '2026-01-01T00:00:00Z'; 'end-datetime' = '2026-01-01T23:59:59Z' }
        'contact-info' = "tls@reporter.$Domain"; 'report-id' = $Mark
        policies = @(@{ policy = @{ 'policy-type' = 'sts'; 'policy-string' = @('version: STSv1', 'mode: testing'); 'policy-domain' = $Domain; 'mx-host' = @("mx.$Domain") }
                summary = @{ 'total-successful-session-count' = 5326; 'total-failure-session-count' = 303 }; 'failure-details' = @() })
    } | ConvertTo-Json -Depth 6 -Compress
    $part = "Content-Type: application/tlsrpt+gzip`nContent-Transfer-Encoding: base64`nContent-Disposition: attachment;`n filename=`"reporter.$Domain!$Domain!1767225600!1767311999.json.gz`"`n`n$(ConvertTo-Gzip $json)`n"
    New-ReportMessage multipart/mixed "Report Domain: $Domain Submitter: reporter.$Domain Report-ID: <$Mark>" $part "TLS-Report-Domain: $Domain`nTLS-Report-Submitter: reporter.$Domain`n"
}

# A report about abuse.
function New-ArfReportMail([string] $Mark) {
    $part = "Content-Type: message/feedback-report`n`nFeedback-Type: abuse`nUser-Agent: $Mark/1.0`nVersion: 1`nOriginal-Mail-From: <spammer@$Domain>`nOriginal-Rcpt-To: <$Mark@reporter.$Domain>`n" +
    "Received-Date: Thu, 8 Mar 2026 14:00:00 +0000`nSource-IP: 192.0.2.1`nReported-Domain: $Domain`n`n--part1`nContent-Type: message/rfc822`n`nFrom: <spammer@$Domain>`nTo: <$Mark@reporter.$Domain>`nSubject: Earn money`n`nSpam`n"
    New-ReportMessage 'multipart/report; report-type=feedback-report' "FW: Earn money $Mark" $part
}
