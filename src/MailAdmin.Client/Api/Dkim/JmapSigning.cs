using System.Globalization;
using System.Text.Json;
using MailAdmin.Client.Api.Principals;
using MailAdmin.Client.Http;
using MailAdmin.Client.Jmap;
using MailAdmin.Client.Values;

namespace MailAdmin.Client.Api.Dkim;

/// <summary>The DKIM signatures of a server from 0.16 on (docs/api-0.16.md §8.4). The key pair is made here, and the private key is only sent.</summary>
internal sealed class JmapSigning(JmapChannel channel, PrincipalResource principals) : ISigning
{
    private const string Type = "x:DkimSignature";
    private const string TypeProperty = "@type";
    private const string KeyProperty = "publicKey";

    private static readonly string[] s_properties = [TypeProperty, "domainId", "selector", KeyProperty, "stage", "createdAt", "nextTransitionAt", "canonicalization", "headers", "expire", "report", "thirdParty"];

    // The server publishes a selector that is there twice twice: whether it is free is looked up here, for one creation at a time.
    private readonly KeyedLocks _creations = new();

    public bool IdsAreChosen => false;

    public void Check(bool hasId, bool hasStage)
    {
        if (hasId)
        {
            throw MailServerException.CreateUnsupported(Operations.CallJmap, "Id", "from 0.16 on the server itself gives signatures their ids. Omit -Id; domain and selector tell them apart.");
        }
    }

    public string? GetSigningWarning(NewDkimSignature signature) => signature.Stage == DkimStage.Active
        ? $"The server signs the mail of '{signature.Domain}' with the selector '{signature.Selector}' as soon as it has the signature, and others cannot verify that before its DNS record is published. With -Stage Pending it does not sign yet."
        : null;

    public async Task CheckCreationAsync(NewDkimSignature signature, CancellationToken cancellationToken) => await FindFreeDomainAsync(signature, cancellationToken).ConfigureAwait(false);

    public async Task<MailDkimSignature> CreateAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        Func<DkimAlgorithm, DkimKey> create = signature.CreateKey ?? throw new ArgumentException("A key is needed, since the server makes none.", nameof(signature));
        using IDisposable turn = await _creations.AcquireAsync(signature.Domain, cancellationToken).ConfigureAwait(false);
        string domainId = await FindFreeDomainAsync(signature, cancellationToken).ConfigureAwait(false);
        DkimKey key = create(signature.Algorithm);
        var creation = SetChange.Create("0", writer => Write(writer, signature, domainId, key));
        SetOutcome outcome = await new JmapWrites(channel).ApplyOneAsync(
            new SetOrder(Type, [creation]) { Secrets = [key.PrivateKey], FindDoneAsync = (changes, look) => FindDoneAsync(changes[0], domainId, key, look) },
            $"Making the DKIM signature of '{signature.Domain}'",
            cancellationToken).ConfigureAwait(false);
        return new MailDkimSignature
        {
            Id = outcome.ObjectId ?? "",
            Domain = signature.Domain,
            Selector = signature.Selector,
            Algorithm = signature.Algorithm,
            PublicKey = key.PublicKey,
            Stage = signature.Stage,
            DkimVersion = 1,
        };
    }

    public async Task<string?> GetPublicKeyAsync(string id, CancellationToken cancellationToken) =>
        (await channel.GetAsync(Type, [id], item => item.GetText(KeyProperty), cancellationToken, [KeyProperty]).ConfigureAwait(false)).Items is [{ Length: > 0 } key] ? key : null;

    public async Task<MailDkimSignature> GetAsync(string id, CancellationToken cancellationToken)
    {
        GetAnswer<Found> answer = await channel.GetAsync(Type, [id], Found.Read, cancellationToken, s_properties).ConfigureAwait(false);
        return answer.Items.Count == 1
            ? (await NameAsync(answer.Items, cancellationToken).ConfigureAwait(false))[0]
            : throw new MailServerException(MailErrorCode.NotFound, Operations.CallJmap, $"There is no DKIM signature '{id}'.") { Item = id };
    }

    public async Task<IReadOnlyList<MailDkimSignature>> ListAsync(CancellationToken cancellationToken)
    {
        var found = new List<Found>();
        await foreach (Found signature in channel.ListAsync(Type, Found.Read, properties: s_properties, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            found.Add(signature);
        }
        return await NameAsync(found, cancellationToken).ConfigureAwait(false);
    }

    public async Task<IReadOnlyList<string>> ListIdsAsync(CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        await foreach (string id in channel.ListAsync(Type, item => item.GetProperty("id").GetString()!, properties: ["id"], cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            ids.Add(id);
        }
        return ids;
    }

    public Task<MailDkimSignature> AddPublicKeyAsync(MailDkimSignature signature, CancellationToken cancellationToken) => Task.FromResult(signature);

    private static void Write(Utf8JsonWriter writer, NewDkimSignature signature, string domainId, DkimKey key)
    {
        writer.WriteString(TypeProperty, signature.Algorithm == DkimAlgorithm.Ed25519 ? "Dkim1Ed25519Sha256" : "Dkim1RsaSha256");
        writer.WriteString("domainId", domainId);
        writer.WriteString("selector", signature.Selector);
        writer.WriteString("stage", signature.Stage.Word);
        writer.WriteStartObject("privateKey");
        writer.WriteString(TypeProperty, "Text");
        writer.WriteString("secret", key.PrivateKey);
        writer.WriteEndObject();
    }

    private async Task<string> FindFreeDomainAsync(NewDkimSignature signature, CancellationToken cancellationToken)
    {
        string domainId = await JmapDomains.GetIdAsync(principals, signature.Domain, cancellationToken).ConfigureAwait(false);
        return await FindBySelectorAsync(channel, domainId, signature.Selector, null, cancellationToken).ConfigureAwait(false) is not { } other
            ? domainId
            : throw new MailServerException(
                MailErrorCode.AlreadyExists,
                Operations.CallJmap,
                $"'{signature.Domain}' has a DKIM signature with the selector '{signature.Selector}' already ('{other.Id}', {other.Algorithm}, {other.Stage}). It was left as it is: two of one selector would both be published. Specify another -Selector.")
            {
                Field = "Selector",
                Item = other.Id,
            };
    }

    /// <summary>The signature that has a selector of a domain; null where it is free. The server takes a second one, and would publish both under one name.</summary>
    /// <param name="channel">The server.</param>
    /// <param name="domainId">The domain.</param>
    /// <param name="selector">The selector, in any case.</param>
    /// <param name="ownId">The signature that may have it; null = none.</param>
    /// <param name="cancellationToken">Cancels the calls.</param>
    public static async Task<MailDkimSignature?> FindBySelectorAsync(JmapChannel channel, string domainId, string selector, string? ownId, CancellationToken cancellationToken) =>
        (await ListOfDomainAsync(channel, domainId, cancellationToken).ConfigureAwait(false))
            .Select(found => found.Signature).FirstOrDefault(other => other.Id != ownId && string.Equals(other.Selector, selector, StringComparison.OrdinalIgnoreCase));

    private static async Task<IReadOnlyList<Found>> ListOfDomainAsync(JmapChannel channel, string domainId, CancellationToken cancellationToken)
    {
        var found = new List<Found>();
        await foreach (Found signature in channel.ListAsync(Type, Found.Read, writer => writer.WriteString("domainId", domainId), s_properties, cancellationToken: cancellationToken).ConfigureAwait(false))
        {
            found.Add(signature);
        }
        return found;
    }

    private async Task<IReadOnlyDictionary<SetChange, string>> FindDoneAsync(SetChange creation, string domainId, DkimKey key, CancellationToken cancellationToken)
    {
        Found? made = (await ListOfDomainAsync(channel, domainId, cancellationToken).ConfigureAwait(false)).FirstOrDefault(found => found.Signature.PublicKey == key.PublicKey);
        return made is null ? new Dictionary<SetChange, string>() : new Dictionary<SetChange, string> { [creation] = made.Signature.Id };
    }

    private async Task<IReadOnlyList<MailDkimSignature>> NameAsync(IReadOnlyList<Found> found, CancellationToken cancellationToken)
    {
        JmapNames names = await JmapNames.FindAsync(channel, DirectoryType.Domain, found.Select(each => each.Signature.Domain), cancellationToken).ConfigureAwait(false);
        return [.. found.Select(each => Name(each, names))];
    }

    private static MailDkimSignature Name(Found found, JmapNames names)
    {
        var unknown = new List<UnknownPart>();
        MailDkimSignature named = found.WithDomain(names.Find(found.Signature.Domain, nameof(MailDkimSignature.Domain), unknown) ?? "");
        named.Unknown = unknown;
        return named;
    }

    /// <summary>A signature as the server sent it; its domain is an id.</summary>
    private sealed record Found(MailDkimSignature Signature)
    {
        public static Found Read(JsonElement item) => new(Read(item, item.GetText("domainId") ?? ""));

        public MailDkimSignature WithDomain(string domain) => new()
        {
            Id = Signature.Id,
            Domain = domain,
            Selector = Signature.Selector,
            Algorithm = Signature.Algorithm,
            PublicKey = Signature.PublicKey,
            Stage = Signature.Stage,
            Created = Signature.Created,
            NextTransition = Signature.NextTransition,
            DkimVersion = Signature.DkimVersion,
            AdditionalData = Signature.AdditionalData,
        };

        private static MailDkimSignature Read(JsonElement item, string domain)
        {
            string kind = item.GetText(TypeProperty) ?? throw new JsonException("A signature has no kind.");
            return new MailDkimSignature
            {
                Id = item.GetProperty("id").GetString()!,
                Domain = domain,
                Selector = item.GetText("selector") ?? "",
                Algorithm = kind.Contains("Ed25519", StringComparison.Ordinal) ? DkimAlgorithm.Ed25519
                    : kind.Contains("Rsa", StringComparison.Ordinal) ? DkimAlgorithm.Rsa
                    : DkimAlgorithm.Parse(kind),
                PublicKey = item.GetText(KeyProperty) is { Length: > 0 } key ? key : null,
                Stage = item.GetText("stage") is { } stage ? DkimStage.Parse(stage) : null,
                Created = ReadTime(item, "createdAt"),
                NextTransition = ReadTime(item, "nextTransitionAt"),
                DkimVersion = kind.StartsWith("Dkim2", StringComparison.Ordinal) ? 2 : kind.StartsWith("Dkim1", StringComparison.Ordinal) ? 1 : null,
                AdditionalData = item.GetUnknownMembers("id", TypeProperty, "domainId", "selector", KeyProperty, "stage", "createdAt", "nextTransitionAt", "privateKey"),
            };
        }

        private static DateTimeOffset? ReadTime(JsonElement item, string name) =>
            item.GetText(name) is { } text ? DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal) : null;
    }
}
