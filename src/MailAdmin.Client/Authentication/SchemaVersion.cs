namespace MailAdmin.Client.Authentication;

/// <summary>
/// The versions whose objects have a schema: a server from 0.16 on tells its version in no other way. Each hash is the SHA-256 of the schema that a release serves.
/// </summary>
/// <param name="Oldest">The oldest of them.</param>
/// <param name="Range">All of them, as text.</param>
internal sealed record SchemaVersion(Version Oldest, string Range)
{
    private static readonly (string Hash, int First, int Last)[] s_known =
    [
        ("aJJKvnpsjjwAEzJ0eKDWdfSLK_RvBKsLhk8BwCq-7qA", 0, 0),
        ("_pIIRU33XTKDaP9kLFoPsYXayXbaRi79QFBUrdgixCY", 1, 1),
        ("BzNqAzrQXuc-FYcvnkey9hBXkjMDd9HrgWlyb4S9I7E", 2, 3),
        ("2-nY_zZI8RUaBuk0LUqvnkfBeJgPdViYvXF3xHDF7cI", 4, 5),
        ("nGrZtt6AUdU1bcCirQQzKiHbnluseipQ1zi4wqAu0AY", 6, 8),
        ("-bCNRlw73NjcmJBDrWwU7hhuRX8FL4IZLWsQ_-iZh0o", 9, 9),
        ("wtAcis1aWGGJNdxRmc-Mibt95tE_ulNQWxYULQ7a094", 10, 10),
        ("nvdIm9lmWr6eYd0LhUUTOCKQrZ6EP2w7aPmfNXw7qzI", 11, 11),
        ("lV3eX4039eN4Y1KtcoXv5vnm6_-nGt_bHuLB6jlkFZQ", 12, 12),
        ("sEuYGmxMEGuoMkdYNGUNw9kpFzscVRfeSRk44yRmcU8", 13, 13),
        ("qQQwt8D3vhw4vce7JomKDhDe2qHJF57xVqRrzVNvfoQ", 14, 14),
        ("MjKRgWQ7QGv43RPM0RInQz5vWEbl8tEbG7GbfVQ-hJg", 15, 15),
        ("qrkHgLr93kiURU26l8rguSd0PEsyxYI-FWo9nC3v_0Y", 16, 16),
        ("ST4-Htw_Qs0PG8gso3aBbpFcHQs1HSLULWG7iBAOz80", 17, 17),
        ("25gnm1_xB9bPk-puX9VTFMP1W5V-1muUWuK964-_uEw", 18, 18),
    ];

    /// <summary>The versions with a schema. Of one that is not known only that can be said: it came after all that are.</summary>
    public static SchemaVersion Find(string? hash)
    {
        (_, int first, int last) = Array.Find(s_known, known => known.Hash == hash) is { Hash: not null } found ? found : ("", s_known[^1].Last, int.MaxValue);
        string range = last == int.MaxValue ? $"newer than 0.16.{first}" : first == last ? $"0.16.{first}" : $"0.16.{first} to 0.16.{last}";
        return new SchemaVersion(new Version(0, 16, first), range);
    }
}
