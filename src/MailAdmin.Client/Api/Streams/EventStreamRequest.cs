using System.Net.ServerSentEvents;

namespace MailAdmin.Client.Api.Streams;

/// <summary>One live stream of the server: where it is, and how its frames are read.</summary>
/// <param name="Operation">The operation that opens it.</param>
/// <param name="Target">The address.</param>
/// <param name="Purpose">The kind of token that opens it.</param>
/// <param name="IdleTimeout">How long nothing may arrive before the connection counts as dead.</param>
/// <param name="Read">Reads the data of one frame.</param>
internal sealed record EventStreamRequest<T>(Operation Operation, Uri Target, StreamPurpose Purpose, TimeSpan IdleTimeout, SseItemParser<T> Read);
