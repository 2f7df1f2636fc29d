# Dot-sourced by Live.Tests.ps1 for servers of 0.11 to 0.15.

# The 58 operations that Stalwart's own description of the API lists.
$Described = @'
POST /oauth
GET /telemetry/metrics
GET /telemetry/live/metrics-token
GET /telemetry/metrics/live
GET /principal
POST /principal
POST /dkim
GET /principal/{name}
PATCH /principal/{name}
DELETE /principal/{name}
GET /queue/messages
PATCH /queue/messages
DELETE /queue/messages
GET /queue/reports
GET /reports/dmarc
GET /reports/tls
GET /reports/arf
GET /telemetry/traces
GET /logs
POST /spam-filter/train/spam
POST /spam-filter/train/ham
POST /spam-filter/train/spam/{account}
POST /spam-filter/train/ham/{account}
POST /spam-filter/classify
GET /troubleshoot/token
GET /troubleshoot/delivery/{target}
POST /troubleshoot/dmarc
GET /reload
GET /update/spam-filter
GET /update/webadmin
GET /store/reindex
GET /settings/keys
GET /settings/group
GET /settings/list
POST /settings
GET /account/crypto
POST /account/crypto
GET /account/auth
POST /account/auth
PATCH /queue/status/stop
PATCH /queue/status/start
GET /queue/messages/{id}
PATCH /queue/messages/{id}
DELETE /queue/messages/{id}
GET /store/blobs/{hash}
GET /telemetry/trace/{id}
GET /telemetry/live/tracing-token
GET /telemetry/traces/live
GET /dns/records/{domain}
GET /store/purge/account/{account}
GET /store/undelete/{account}
POST /store/undelete/{account}
GET /queue/status
GET /store/purge/blob
GET /store/purge/data
GET /store/purge/in-memory
GET /store/purge/account
DELETE /store/uids/{account}
'@ -split '\r?\n'

# Those of servers from 0.16 on are not for these.
function Get-ModuleOperation { [MailAdmin.Client.Operations]::All | Where-Object Purpose -NotLike '*, from 0.16 on' | ForEach-Object { "$_" } }
