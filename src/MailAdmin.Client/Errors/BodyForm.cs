namespace MailAdmin.Client.Errors;

/// <summary>What a body is that is no answer of the API.</summary>
internal enum BodyForm
{
    /// <summary>No byte.</summary>
    Empty,

    /// <summary>A page for a browser.</summary>
    Html,

    /// <summary>JSON that ends too early or is no JSON after all.</summary>
    BrokenJson,

    /// <summary>JSON of another shape than the API's.</summary>
    OtherJson,

    /// <summary>Anything else.</summary>
    Other,
}
