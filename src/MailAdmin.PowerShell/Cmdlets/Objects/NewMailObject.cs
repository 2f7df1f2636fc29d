using System.Collections;
using System.Management.Automation;
using MailAdmin.Client;
using MailAdmin.PowerShell.Module;
using MailAdmin.PowerShell.Pipeline;

namespace MailAdmin.PowerShell.Cmdlets.Objects;

/// <summary>Creates objects of a server from 0.16 on (POST /jmap). Their properties are checked against the schema of the server before anything is sent. What they belong to is reloaded once, at the end.</summary>
[JmapOnly("Its settings have keys: use Set-MailSetting.")]
[Cmdlet(VerbsCommon.New, "MailObject", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium,
    HelpUri = HelpPages.Folder + "New-MailObject.md")]
[OutputType(typeof(MailObject))]
public sealed class NewMailObject : ObjectWriteCmdlet
{
    /// <summary>The type of the new objects, such as BlockedIp.</summary>
    [Parameter(Position = 0, Mandatory = true)]
    [ArgumentCompleter(typeof(ObjectTypeCompleter))]
    [ValidateNotNullOrEmpty]
    public string Type { get; set; } = "";

    /// <summary>
    /// The properties of the new object with their values: texts, numbers, $true and $false, time spans, times, a SecureString for a secret, a list for a set or a list, a
    /// hashtable for what has properties again. '@type' says which variant it is. One hashtable or row for each object.
    /// </summary>
    [Parameter(Position = 1, Mandatory = true, ValueFromPipeline = true)]
    [ArgumentCompleter(typeof(ObjectPropertyCompleter))]
    [ObjectValuesArgument]
    [ValidateNotNull]
    public IDictionary? Property { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => Try(Type, () =>
    {
        ObjectCreation creation = Pump.Wait(Client.Objects.PrepareCreationAsync(Type, Property!, Pump.Token));
        string target = $"{creation.Type}{(creation.Name is { } name ? $" '{name}'" : "")}";
        if (!PassesDryRun((dry, token) => dry.Objects.CreateAsync(creation, token), Type))
        {
            return;
        }
        if (!ShouldAct(target, $"Create {creation.Description}"))
        {
            if (WhatIfRequested)
            {
                WriteWarnings(target, creation.Warnings);
            }
            return;
        }
        MailObject made = Pump.Wait(Client.Objects.CreateAsync(creation, Pump.Token));
        WriteWarnings(target, creation.Warnings);
        RecordWritten(made.Type, FindReload(made.Type));
        WriteObject(View(made));
    });
}
