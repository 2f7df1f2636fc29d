using System.Text;
using MailAdmin.Sandbox.Http;

namespace MailAdmin.Sandbox.Authentication;

/// <summary>The form that the OAuth endpoints accept: there has to be a media type, but any will do, and the body is read as a form whatever it is.</summary>
internal sealed class OAuthForm
{
    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    public OAuthForm(SandboxRequest request, int maxBytes)
    {
        if (request.ContentType?.Contains('/', StringComparison.Ordinal) != true || request.Body.Length > maxBytes)
        {
            throw ApiException.BadParameters();
        }

        foreach ((string key, string value) in FormDecoding.ParsePairs(Encoding.UTF8.GetString(request.Body.Span)))
        {
            _values.TryAdd(key, value);
        }
    }

    public string? this[string key] => _values.GetValueOrDefault(key);
}
