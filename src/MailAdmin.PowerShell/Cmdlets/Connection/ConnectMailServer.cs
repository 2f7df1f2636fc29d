using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;
using MailAdmin.Client;
using MailAdmin.Isolated.Passwords;
using MailAdmin.PowerShell.Binding;
using MailAdmin.PowerShell.Errors;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;
using MailAdmin.PowerShell.Sessions;

namespace MailAdmin.PowerShell.Cmdlets.Connection;

/// <summary>Signs in to a Stalwart mail server and makes the connection the runspace's default (POST /oauth, /auth/token, /auth/device, GET /login).</summary>
[Cmdlet(VerbsCommunications.Connect, "MailServer", DefaultParameterSetName = ByCredential,
    HelpUri = HelpPages.Folder + "Connect-MailServer.md")]
[OutputType(typeof(MailConnection))]
public sealed class ConnectMailServer : MailCmdlet
{
    private const string ByCredential = "Credential";
    private const string ByApiKey = "ApiKey";
    private const string ByAccessToken = "AccessToken";
    private const string ByBrowser = "Browser";
    private const string ByDevice = "DeviceCode";
    private const string ToSandbox = "Sandbox";

    /// <summary>The server's address, that of its web administration; a host name alone means https. Default: the environment variable STALWART_URL.</summary>
    [Parameter(Position = 0, ParameterSetName = ByCredential)]
    [Parameter(Position = 0, ParameterSetName = ByApiKey)]
    [Parameter(Position = 0, ParameterSetName = ByAccessToken)]
    [Parameter(Position = 0, ParameterSetName = ByBrowser)]
    [Parameter(Position = 0, ParameterSetName = ByDevice)]
    [Alias("Server", "Url")]
    [ValidateNotNullOrEmpty]
    public string? Uri { get; set; }

    /// <summary>
    /// Login and password. The login is the account's name, not its e-mail address. Exchanged once for tokens; the password is not kept. Default: the
    /// environment variable STALWART_TOKEN, or STALWART_USER and STALWART_PASSWORD, else a prompt.
    /// </summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary>The six to eight digits of the authenticator app. Prompted for if the server requires them and they are not specified.</summary>
    [Parameter(ParameterSetName = ByCredential)]
    [ValidatePattern("^([0-9] ?){6,8}$")]
    public string? TotpCode { get; set; }

    /// <summary>An API key, <c>api_…</c>, as a SecureString: <c>Read-Host -AsSecureString</c>, or from a vault.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByApiKey)]
    [ValidateNotNull]
    public SecureString? ApiKey { get; set; }

    /// <summary>An OAuth access token from elsewhere, as a SecureString. It cannot be renewed: the connection works until it expires.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByAccessToken)]
    [ValidateNotNull]
    public SecureString? AccessToken { get; set; }

    /// <summary>
    /// Sign in with the browser of this machine, on the server's own page (0.16.2 and later). Waits up to five minutes. The environment variable BROWSER names the
    /// program that opens the page.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByBrowser)]
    public SwitchParameter Browser { get; set; }

    /// <summary>Sign in with a browser, here or on another machine: shows an address and a code, and waits until somebody has entered the code there.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByDevice)]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>Connect to a mail server in memory: a new sample organisation that ends with the connection.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ToSandbox)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The version of the sandbox: 0.11, 0.13 or 0.15, which have a management REST API, or 0.16, which has JMAP. Default: 0.11.</summary>
    [Parameter(ParameterSetName = ToSandbox)]
    [ArgumentCompleter(typeof(SandboxVersionCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ServerVersion { get; set; }

    /// <summary>A name for the connection; another one of that name is closed. Default: the host, with a number where a script may hold another one.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Name { get; set; }

    /// <summary>Return the connection, for -Connection of other cmdlets.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>Return the connection and do not make it the runspace's default.</summary>
    [Parameter]
    public SwitchParameter NoDefault { get; set; }

    /// <summary>The OAuth client id, at most 20 bytes. Default: mailadmin. Another one is needed only where the server accepts registered clients alone.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string ClientId { get; set; } = "mailadmin";

    /// <summary>Send credentials over plain http to a host that is not loopback, which is refused otherwise: anybody on the way can read them.</summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByApiKey)]
    [Parameter(ParameterSetName = ByAccessToken)]
    [Parameter(ParameterSetName = ByBrowser)]
    [Parameter(ParameterSetName = ByDevice)]
    public SwitchParameter AllowUnencryptedAuthentication { get; set; }

    /// <summary>Do not verify the server's certificate: anybody on the way may answer. -CertificateThumbprint is the safe way to a self-signed one.</summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByApiKey)]
    [Parameter(ParameterSetName = ByAccessToken)]
    [Parameter(ParameterSetName = ByBrowser)]
    [Parameter(ParameterSetName = ByDevice)]
    public SwitchParameter SkipCertificateCheck { get; set; }

    /// <summary>
    /// The SHA-256 fingerprint of the server's certificate: exactly this one is accepted, whatever its name, issuer and dates, and no other, not even
    /// a valid one. 64 hexadecimal digits, with or without colons. Not a client certificate: that is -Certificate.
    /// </summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByApiKey)]
    [Parameter(ParameterSetName = ByAccessToken)]
    [Parameter(ParameterSetName = ByBrowser)]
    [Parameter(ParameterSetName = ByDevice)]
    [CertificateThumbprintArgument]
    [ValidateNotNullOrEmpty]
    public string? CertificateThumbprint { get; set; }

    /// <summary>A client certificate with its private key, for a reverse proxy that requires one.</summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByApiKey)]
    [Parameter(ParameterSetName = ByAccessToken)]
    [Parameter(ParameterSetName = ByBrowser)]
    [Parameter(ParameterSetName = ByDevice)]
    [ValidateNotNull]
    public System.Security.Cryptography.X509Certificates.X509Certificate2? Certificate { get; set; }

    /// <summary>The address of the proxy, such as <c>http://proxy.example.org:3128</c>. Default: the system's proxy.</summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByApiKey)]
    [Parameter(ParameterSetName = ByAccessToken)]
    [Parameter(ParameterSetName = ByBrowser)]
    [Parameter(ParameterSetName = ByDevice)]
    [ValidateNotNull]
    public Uri? Proxy { get; set; }

    /// <summary>Login and password for the proxy.</summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByApiKey)]
    [Parameter(ParameterSetName = ByAccessToken)]
    [Parameter(ParameterSetName = ByBrowser)]
    [Parameter(ParameterSetName = ByDevice)]
    [Credential]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>Use no proxy, not even the system's.</summary>
    [Parameter(ParameterSetName = ByCredential)]
    [Parameter(ParameterSetName = ByApiKey)]
    [Parameter(ParameterSetName = ByAccessToken)]
    [Parameter(ParameterSetName = ByBrowser)]
    [Parameter(ParameterSetName = ByDevice)]
    public SwitchParameter NoProxy { get; set; }

    /// <summary>How many seconds to wait for a TCP and TLS connection; 0 = no limit. Default: 15.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int ConnectionTimeoutSeconds { get; set; } = 15;

    /// <summary>How many seconds one request may take until its response begins; 0 = no limit. Default: 100.</summary>
    [Parameter]
    [ValidateRange(0, 86400)]
    public int OperationTimeoutSeconds { get; set; } = 100;

    /// <summary>How often a failed request is retried, where that is safe; 0 = never. Default: 4.</summary>
    [Parameter]
    [ValidateRange(0, 100)]
    public int MaximumRetryCount { get; set; } = 4;

    /// <summary>Seconds before a retry. Default: a quarter of a second, doubled with each retry.</summary>
    [Parameter]
    [ValidateRange(1, 3600)]
    public int? RetryIntervalSec { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var connections = RunspaceConnections.GetOrCreate(Runspace.DefaultRunspace);
        MailConnection connection = ParameterSetName == ToSandbox ? ConnectSandbox(connections) : ConnectServer(connections);
        connection.IsHandedOut = PassThru || NoDefault;
        MailConnection? earlierDefault = connections.Default;
        ReportReplaced(connections.Close(connection.Name), earlierDefault);
        connections.Add(connection, makeDefault: !NoDefault);
        WriteVerbose($"Connected to {connection.Uri} as {connection.UserName ?? "an API key"}: {connection.Edition} {connection.VersionRange}.");
        if (PassThru || NoDefault)
        {
            WriteObject(connection);
        }
    }

    // Whoever gave the name may have forgotten the other one.
    private void ReportReplaced(IReadOnlyList<MailConnection> closed, MailConnection? earlierDefault)
    {
        foreach (MailConnection old in closed)
        {
            string message = $"The earlier connection '{old.Name}' to {old.Uri} was closed: the new one has its name."
                + (NoDefault && old == earlierDefault ? " The earlier one was the default; with -NoDefault the new one is not, so that there is no default connection now." : "");
            if (Name is null)
            {
                WriteVerbose(message);
            }
            else
            {
                WriteWarning(message);
            }
        }
    }

    private MailConnection ConnectSandbox(RunspaceConnections connections)
    {
        EmbeddedSandbox sandbox = CreateSandbox();
        MailClientOptions options = CreateOptions(sandbox.BaseUri) with { Time = sandbox.Clock, Transport = sandbox.CreateHandler };
        MailClient client = Connect(options, sandbox.Credential);
        return new MailConnection(client, Name ?? connections.ChooseName("sandbox", client, makeDefault: !NoDefault), isSandbox: true);
    }

    private EmbeddedSandbox CreateSandbox()
    {
        try
        {
            return EmbeddedSandbox.Create(ServerVersion);
        }
        catch (ArgumentException e)
        {
            ThrowTerminating(e, ServerVersion);
            throw;
        }
    }

    private MailConnection ConnectServer(RunspaceConnections connections)
    {
        Uri address = ParseAddress(Uri ?? ConnectEnvironment.Url ?? throw StopForMissingAddress());
        if (GetInvalidPinReason(address) is { } reason)
        {
            ThrowTerminating(new ArgumentException(reason), CertificateThumbprint);
        }
        MailClient client = Connect(CreateOptions(address), ResolveCredential());
        return new MailConnection(client, Name ?? connections.ChooseName(address.Host, client, makeDefault: !NoDefault), isSandbox: false);
    }

    private Uri ParseAddress(string text)
    {
        try
        {
            return ServerAddress.Parse(text);
        }
        catch (FormatException e)
        {
            ThrowTerminatingError(ConnectionErrors.InvalidAddress(e));
            throw;
        }
    }

    private string? GetInvalidPinReason(Uri address) => CertificateThumbprint switch
    {
        null => null,
        _ when SkipCertificateCheck => "-CertificateThumbprint accepts one certificate and -SkipCertificateCheck accepts all. Omit -SkipCertificateCheck.",
        _ when address.Scheme != "https" => $"-CertificateThumbprint needs an https address: '{address.Host}' shows no certificate over plain http.",
        _ => null,
    };

    private MailClient Connect(MailClientOptions options, MailCredential credential)
    {
        try
        {
            return Pump.Wait(MailClient.ConnectAsync(options, credential, Pump.Token));
        }
        catch (Exception e) when (ErrorCatalogue.IsClientException(e))
        {
            ThrowTerminating(e, options.BaseUri);
            throw;
        }
    }

    private MailClientOptions CreateOptions(Uri address) => new()
    {
        BaseUri = address,
        RetryHandlerBuilder = IsolatedHttp.CreateRetryHandler,
        ScorePassword = PasswordStrength.Score,
        ClientId = ClientId,
        AllowUnencryptedAuthentication = AllowUnencryptedAuthentication,
        SkipCertificateCheck = SkipCertificateCheck,
        CertificateThumbprint = CertificateThumbprint,
        Certificate = Certificate,
        Proxy = Proxy,
        ProxyCredentials = ProxyCredential?.GetNetworkCredential(),
        NoProxy = NoProxy,
        ConnectionTimeout = ToTimeout(ConnectionTimeoutSeconds),
        OperationTimeout = ToTimeout(OperationTimeoutSeconds),
        MaximumRetryCount = MaximumRetryCount,
        RetryInterval = RetryIntervalSec is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        OnWait = ReportWait,
    };

    private MailCredential ResolveCredential() => ParameterSetName switch
    {
        ByApiKey => MailCredential.FromApiKey(SecureStringConverter.ToPlainText(ApiKey!)),
        ByAccessToken => MailCredential.FromToken(SecureStringConverter.ToPlainText(AccessToken!)),
        ByBrowser => MailCredential.FromBrowser(OpenBrowserAsync),
        ByDevice => MailCredential.FromDevice(ShowDeviceCode),
        _ when Credential is not null => CreatePasswordCredential(Credential),
        _ => ConnectEnvironment.GetCredential(PromptForTotpCodeAsync, GetUnresolvedProviderPathFromPSPath) ?? CreatePasswordCredential(PromptForCredential()),
    };

    private MailCredential CreatePasswordCredential(PSCredential credential)
        => MailCredential.FromPassword(credential.UserName, SecureStringConverter.ToPlainText(credential.Password), PromptForTotpCodeAsync);

    private PSCredential PromptForCredential() => Prompts.ReadCredential(Host, "Login (the account's name) and password", "") ?? throw StopForMissingCredential();

    private async ValueTask<string?> PromptForTotpCodeAsync(CancellationToken cancellationToken) =>
        TotpCode ?? await Prompts.ReadTotpCodeAsync(Host, Pump, cancellationToken).ConfigureAwait(false);

    private async ValueTask OpenBrowserAsync(BrowserAuthorization browser, CancellationToken cancellationToken)
    {
        bool isOpen = await BrowserLauncher.TryOpenAsync(browser.Page, cancellationToken).ConfigureAwait(false);
        if (!isOpen)
        {
            Pump.Post(() => WriteWarning(
                "No browser could be opened on this machine. Where there is none, press Ctrl+C and use -DeviceCode, which works with a browser elsewhere, or -Credential."));
        }
        ShowMessage($"{(isOpen ? "Sign in with the browser. If it shows no page, open" : "To sign in, open in a browser on this machine:")} {browser.Page.OriginalString} (waiting until {TimeText.Format(browser.Expires)}).", "MailAdmin.Browser");
    }

    private ValueTask ShowDeviceCode(DeviceAuthorization device, CancellationToken cancellationToken)
    {
        ShowMessage(
            $"Open {device.VerificationUri} and enter the code {device.UserCode} (or open {device.VerificationUriComplete}). It is valid until {TimeText.Format(device.Expires)}.",
            "MailAdmin.DeviceCode");
        return ValueTask.CompletedTask;
    }

    private void ShowMessage(string message, string tag) =>
        Pump.Post(() => WriteInformation(new HostInformationMessage { Message = DisplayText.Clean(message) }, ["PSHOST", tag]));

    private static TimeSpan ToTimeout(int seconds) => seconds == 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromSeconds(seconds);

    private PipelineStoppedException StopForMissingAddress()
    {
        ThrowTerminatingError(ConnectionErrors.ServerNotSpecified());
        return new PipelineStoppedException();
    }

    private PipelineStoppedException StopForMissingCredential()
    {
        ThrowTerminatingError(ErrorCatalogue.CredentialRequired(
            "No credential was specified. Use -Credential (Get-Credential), -ApiKey, -AccessToken, -Browser or -DeviceCode, or set STALWART_USER and STALWART_PASSWORD or STALWART_TOKEN.", Uri));
        return new PipelineStoppedException();
    }
}
