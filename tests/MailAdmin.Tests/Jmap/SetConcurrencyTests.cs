// How many sets are on their way at once: one near the server, more the further away it is.
using MailAdmin.Client.Jmap;

namespace MailAdmin.Tests.Jmap;

public sealed class SetConcurrencyTests
{
    private readonly SetConcurrency _concurrency = new(max: 3);

    [Theory]
    // Milliseconds: of the way there and back, and of the server's work on a set.
    [InlineData(0.3, 40, 1)]
    [InlineData(5, 40, 1)]
    [InlineData(10, 11, 2)]
    [InlineData(50, 42, 2)]
    [InlineData(100, 42, 3)]
    [InlineData(500, 42, 3)]
    public void So_many_as_keep_the_server_at_work_on_one(double way, double work, int expected)
    {
        Record(way, isFullSet: false);
        // The server works on one after the other, so that a set waits behind those before it.
        for (int round = 0; round < 20; round++)
        {
            Record(Math.Max(way + work, _concurrency.Current * work), isFullSet: true);
        }
        _concurrency.Current.ShouldBe(expected);
    }

    [Fact]
    public void One_until_a_set_was_measured_against_the_way()
    {
        _concurrency.Current.ShouldBe(1);
        // The first takes long in a process that has just begun: that says nothing about the way.
        Record(60, isFullSet: true);
        _concurrency.Current.ShouldBe(1);
    }

    [Fact]
    public void Fewer_where_the_server_becomes_slower()
    {
        Record(50, isFullSet: false);
        Record(70, isFullSet: true);
        _concurrency.Current.ShouldBe(3);
        for (int round = 0; round < 3; round++)
        {
            Record(2000, isFullSet: true);
        }
        _concurrency.Current.ShouldBe(1);
    }

    private void Record(double milliseconds, bool isFullSet) => _concurrency.RecordAnswer(TimeSpan.FromMilliseconds(milliseconds), isFullSet);
}
