using System.Collections.Specialized;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Web;

namespace MailAdmin.Tests.Hosting;

/// <summary>Does what the page of a server from 0.16 on does in a browser: posts login and password, and goes to where the program waits.</summary>
internal sealed class FakeBrowser : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseProxy = false });

    /// <summary>Signs in on a page.</summary>
    /// <returns>Where the page leads: back to the program, with a code.</returns>
    public async Task<Uri> SignInAsync(Uri page, string login, string password, string? oneTimeCode = null)
    {
        using HttpResponseMessage shown = await _http.GetAsync(page);
        shown.StatusCode.ShouldBe(HttpStatusCode.OK);
        shown.Content.Headers.ContentType!.MediaType.ShouldBe("text/html");
        (await shown.Content.ReadAsStringAsync()).ShouldContain("fetch('/api/auth'");

        NameValueCollection asked = HttpUtility.ParseQueryString(page.Query);
        var body = new Dictionary<string, string?>
        {
            ["type"] = "authCode",
            ["accountName"] = login,
            ["accountSecret"] = password,
            ["clientId"] = asked["client_id"],
            ["redirectUri"] = asked["redirect_uri"],
            ["state"] = asked["state"],
            ["codeChallenge"] = asked["code_challenge"],
            ["codeChallengeMethod"] = asked["code_challenge_method"],
        };
        if (oneTimeCode is not null)
        {
            body["mfaToken"] = oneTimeCode;
        }
        using HttpResponseMessage answer = await _http.PostAsJsonAsync(new Uri(page, "/api/auth"), body);
        string text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        using var json = JsonDocument.Parse(text);
        json.RootElement.GetProperty("type").GetString().ShouldBe("authenticated");
        return CreateRedirect(page, ("code", json.RootElement.GetProperty("client_code").GetString()!), ("iss", json.RootElement.GetProperty("iss").GetString()!));
    }

    /// <summary>Where a page would lead: the waiting program, with these members and the state that the page was given, unless another one is among them.</summary>
    public static Uri CreateRedirect(Uri page, params (string Name, string Value)[] members)
    {
        NameValueCollection asked = HttpUtility.ParseQueryString(page.Query);
        IEnumerable<(string Name, string Value)> all = members.Any(member => member.Name == "state") ? members : [.. members, ("state", asked["state"]!)];
        return new Uri($"{asked["redirect_uri"]}?{string.Join('&', all.Select(member => $"{member.Name}={Uri.EscapeDataString(member.Value)}"))}");
    }

    /// <summary>Goes to an address.</summary>
    public async Task<(int Status, string Page)> GoAsync(Uri address, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Get, address);
        using HttpResponseMessage response = await _http.SendAsync(request);
        response.Headers.CacheControl!.NoStore.ShouldBeTrue();
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Dispose() => _http.Dispose();
}
