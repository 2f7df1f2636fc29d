using MailAdmin.Client.Models;

namespace MailAdmin.Client.Resources.Listing;

/// <summary>A resumable reader of principal lists.</summary>
internal sealed class PrincipalListParser() : ListParser<MailPrincipal>(PrincipalReader.Read);
