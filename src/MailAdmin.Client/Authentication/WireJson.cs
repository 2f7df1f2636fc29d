// The one generated JSON context: the small bodies. Principals are read and written by hand, since their lists come in three forms.
using System.Text.Json.Serialization;

namespace MailAdmin.Client.Authentication;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OAuthRequest))]
[JsonSerializable(typeof(OAuthCodeResponse))]
[JsonSerializable(typeof(TokenResponse))]
[JsonSerializable(typeof(DeviceAuthorizationResponse))]
[JsonSerializable(typeof(JmapSignInRequest))]
[JsonSerializable(typeof(JmapSignInResponse))]
[JsonSerializable(typeof(JmapAccountResponse))]
internal sealed partial class WireJson : JsonSerializerContext;
