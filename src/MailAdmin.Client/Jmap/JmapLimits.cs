namespace MailAdmin.Client.Jmap;

/// <summary>What one request may hold, as the session announces it; an administrator may have changed it.</summary>
/// <param name="MaxCalls">Calls in a request.</param>
/// <param name="MaxObjectsInGet">Objects that a get may ask for.</param>
/// <param name="MaxObjectsInSet">Objects that a set may create, update and destroy in sum.</param>
/// <param name="MaxRequestBytes">The size of a request in bytes.</param>
/// <param name="MaxConcurrentRequests">Requests in progress at once.</param>
internal sealed record JmapLimits(int MaxCalls, int MaxObjectsInGet, int MaxObjectsInSet, long MaxRequestBytes, int MaxConcurrentRequests);
