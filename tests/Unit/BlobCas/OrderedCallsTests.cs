using CasStore.BlobCas.Storage;

namespace CasStore.Tests.Unit.BlobCas;

public sealed class OrderedCallsTests
{
    private readonly OrderedCalls _calls = new(new BlockingCalls());

    [Fact]
    public async Task Calls_run_one_after_the_other_in_the_order_in_which_they_came()
    {
        var order = new List<int>();
        var running = 0;

        await Task.WhenAll(Enumerable.Range(0, 1_000).Select(number => _calls.RunAsync(() =>
        {
            Interlocked.Increment(ref running).ShouldBe(1);
            order.Add(number);
            Interlocked.Decrement(ref running);
        })));

        order.ShouldBe(Enumerable.Range(0, 1_000));
    }

    [Fact]
    public async Task A_call_that_comes_when_nothing_waits_runs_too()
    {
        for (var number = 0; number < 100; number++)
        {
            var ran = false;
            await _calls.RunAsync(() => ran = true);
            ran.ShouldBeTrue();
        }
    }

    [Fact]
    public async Task After_one_that_failed_none_is_run_and_all_fail_like_it()
    {
        var ran = new List<int>();
        var full = new IOException("full");

        var calls = Enumerable.Range(0, 4).Select(number => _calls.RunAsync(() =>
        {
            ran.Add(number);
            if (number == 1)
                throw full;
        })).ToList();

        await calls[0];
        foreach (var call in calls[1..])
            (await Should.ThrowAsync<IOException>(() => call)).ShouldBeSameAs(full);
        ran.ShouldBe([0, 1]);
    }
}
