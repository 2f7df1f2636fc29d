using CsCheck;
using MailAdmin.Client.Api.Lists;

namespace MailAdmin.Tests.Lists;

public sealed class SeenIdsTests
{
    [Fact]
    public void An_id_is_new_once_as_in_a_set() =>
        Gen.OneOf(Gen.UInt[0, 200], Gen.UInt[32_700, 32_800], Gen.UInt[uint.MaxValue - 100, uint.MaxValue], Gen.UInt).Array[0, 500].Sample(ids =>
        {
            var seen = new SeenIds();
            var expected = new HashSet<uint>();
            return ids.All(id => seen.Add(id) == expected.Add(id));
        });
}
