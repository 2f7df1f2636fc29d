using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Org.BouncyCastle.Crypto.Macs;
using Org.BouncyCastle.Crypto.Parameters;

namespace MailAdmin.Sandbox.Directory;

/// <summary>The MTA-STS policy of the server, as far as DNS tells of it.</summary>
internal static class StsPolicy
{
    private static readonly string[] s_modes = ["enforce", "testing", "disable"];

    /// <summary>The id: a hash of the policy, so that it changes with it.</summary>
    /// <param name="policy">The <c>x:MtaSts</c>.</param>
    /// <param name="exchangers">The hosts, where the policy names none.</param>
    public static string Id(JsonObject policy, IEnumerable<string> exchangers)
    {
        string[] named = [.. policy["mxHosts"]!.AsObject().Select(item => item.Key)];
        string[] hosts = [.. (named.Length > 0 ? named : exchangers).Distinct().Order(StringComparer.Ordinal)];
        var hash = new SipHash(1, 3);
        hash.Init(new KeyParameter(new byte[16]));
        Add(hash, Array.IndexOf(s_modes, policy["mode"]!.GetValue<string>()));
        Add(hash, policy["maxAge"]!.GetValue<long>() / 1000);
        Add(hash, hosts.Length);
        foreach (string host in hosts)
        {
            bool isPattern = host.StartsWith("*.", StringComparison.Ordinal);
            Add(hash, isPattern ? 1 : 0);
            byte[] text = [.. Encoding.UTF8.GetBytes(isPattern ? host[2..] : host), 0xff];
            hash.BlockUpdate(text);
        }

        return ((ulong)hash.DoFinal()).ToString(CultureInfo.InvariantCulture);
    }

    private static void Add(SipHash hash, long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        hash.BlockUpdate(bytes);
    }
}
