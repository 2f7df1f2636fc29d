using System.Management.Automation;
using System.Security;
using System.Text;
using System.Text.Json;
using MailAdmin.Client;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>
/// Sends any request of the management API, with the same retries and error mapping as the other cmdlets. Everything but a plain read supports -Confirm;
/// what deletes data asks in any case.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "MailApi", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "Invoke-MailApi.md")]
[OutputType(typeof(PSObject), typeof(byte[]))]
public sealed class InvokeMailApi : ConnectionCmdlet
{
    /// <summary>The path under /api with its query, such as <c>principal?limit=5</c>. Percent-encode names and values. Other hosts and paths outside /api are refused.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? Path { get; set; }

    /// <summary>The HTTP method. Default: GET.</summary>
    [Parameter(Position = 1)]
    [ValidateSet("GET", "POST", "PATCH", "PUT", "DELETE", "OPTIONS", IgnoreCase = true)]
    public string Method { get; set; } = "GET";

    /// <summary>
    /// The body: text and bytes are sent as they are; a hashtable, array or object as JSON. A SecureString, alone or in it, is sent as its text and shown in
    /// no error.
    /// </summary>
    [Parameter]
    [AllowNull]
    public object? Body { get; set; }

    /// <summary>The body's media type. Default: application/json.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ContentType { get; set; } = "application/json";

    /// <summary>Return the JSON as text instead of objects.</summary>
    [Parameter]
    public SwitchParameter Raw { get; set; }

    /// <summary>Return stored secrets too: password hashes, secret settings, keys, tokens. Otherwise each is '(hidden)'.</summary>
    [Parameter]
    public SwitchParameter IncludeSecret { get; set; }

    /// <summary>Do not ask for confirmation. -WhatIf still applies.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    // The query may contain a token: only the path is shown.
    private string ShownPath => Path!.Split('?')[0];

    private protected override object? ErrorTarget => ShownPath;

    private protected override void Process()
    {
        var verb = new HttpMethod(Method.ToUpperInvariant());
        Client.Raw.Check(verb, Path!);
        var secrets = new List<string>();
        byte[]? body = GetBodyBytes(secrets);
        if (!ShouldSend(verb, body))
        {
            return;
        }
        RawResponse response = Pump.Wait(Client.Raw.SendAsync(verb, Path!, body, Body is null ? null : ContentType, Pump.Token, secrets));
        WriteResponse(IncludeSecret ? response : response.WithoutSecrets());
    }

    // By the path that is sent: some GETs change the server.
    private bool ShouldSend(HttpMethod verb, byte[]? body)
    {
        if (RawResource.IsReadOnly(verb, Path!))
        {
            return true;
        }
        string target = $"'{verb} /api/{ShownPath.TrimStart('/')}{DescribeQuery()}'";
        // Neither the cmdlet's name nor its impact tells that data is lost.
        return RawResource.FindLoss(verb, Path!, body) is { } loss
            ? ShouldActOnAll(target, $"Send to the server ({loss})", Force)
            : ShouldAct(target, "Send to the server", Force);
    }

    // Without a filter, many requests mean everything: that there is one must be seen.
    private string DescribeQuery() => Path!.Split('?', 2) is [_, { Length: > 0 } query]
        ? "?" + string.Join('&', query.Split('&').Select(pair => pair.Split('=')[0] + "=…"))
        : "";

    private byte[]? GetBodyBytes(List<string> secrets)
    {
        switch (Body.Unwrap())
        {
            case null:
                return null;
            case byte[] bytes:
                return bytes;
            case string text:
                return Encoding.UTF8.GetBytes(text);
            case SecureString secure:
                secrets.Add(SecureStringConverter.ToPlainText(secure));
                return Encoding.UTF8.GetBytes(secrets[^1]);
            default:
                return PSObjectJson.Write(Body!, secrets);
        }
    }

    private void WriteResponse(RawResponse response)
    {
        if (response.Data is not { } data)
        {
            WriteObject(response.Bytes, enumerateCollection: false);
        }
        else if (Raw)
        {
            WriteObject(data.GetRawText());
        }
        else if (data.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined))
        {
            WriteObject(PSObjectJson.Read(data), enumerateCollection: true);
        }
    }
}
