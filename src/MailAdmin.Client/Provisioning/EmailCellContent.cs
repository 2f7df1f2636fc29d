namespace MailAdmin.Client.Provisioning;

/// <summary>What a cell of addresses holds.</summary>
internal sealed class EmailCellContent
{
    /// <summary>The addresses, lower-case, the primary one first where one is marked.</summary>
    public List<string> Addresses { get; } = [];

    /// <summary>The address that is marked as the primary one.</summary>
    public string? Primary { get; set; }

    /// <summary>The words before what is no e-mail address and is left out: <c>X500</c>, <c>SIP</c>.</summary>
    public List<string> ByProducts { get; } = [];
}
