using CasStore.BlobCas;

namespace CasStore.Tests.Unit.BlobCas;

public sealed class BodyBudgetTests : BlobDirectory
{
    private const int Length = 50_000;

    private static BlobStoreOptions TwoBodies { get; } = new() { SmallBodyBudget = 2 * 64 * 1024 };

    [Fact]
    public async Task Who_finds_the_budget_used_up_waits_in_turn()
    {
        Reopen(TwoBodies with { BudgetPatience = Timeout.InfiniteTimeSpan });
        var staged = new Queue<StagedBlob>([await Stage(Content(0)), await Stage(Content(1))]);
        var waiting = Enumerable.Range(2, 6).Select(i => Stage(Content(i))).ToList();
        foreach (var next in waiting)
        {
            await staged.Dequeue().SealAsync(CancellationToken.None);
            staged.Enqueue(await next);
            waiting.SkipWhile(w => w != next).Skip(1).ShouldAllBe(w => !w.IsCompleted);
        }
        while (staged.TryDequeue(out var last))
            await last.SealAsync(CancellationToken.None);
        Store.Enumerate().Count().ShouldBe(8);
    }

    [Fact]
    public async Task Bodies_within_their_first_buffer_never_wait()
    {
        Reopen(TwoBodies with { BudgetPatience = Timeout.InfiniteTimeSpan });
        using var first = await Stage(Content(0));
        using var second = await Stage(Content(1));
        for (var i = 0; i < 20; i++)
            await Put(RandomBytes(8_000, i));
        Store.Enumerate().Count().ShouldBe(20);
    }

    [Theory]
    [InlineData(Length)]
    [InlineData(65_536)]
    [InlineData(700_000)]
    public async Task Clients_that_stall_with_the_whole_budget_hold_up_nobody(int length)
    {
        Reopen(TwoBodies with { BudgetPatience = TimeSpan.Zero });
        var resume = new TaskCompletionSource();
        var stalled = Enumerable.Range(0, 2).Select(_ => Store.StageAsync(
            new ScriptedStream(Length, 10_000, _ => resume.Task), null, CancellationToken.None)).ToList();

        var bytes = RandomBytes(length);
        var digest = await Put(bytes);

        (await Get(digest)).ShouldBe(bytes);
        stalled.ShouldAllBe(s => !s.IsCompleted);
        BlobFiles().Length.ShouldBe(length > 65_536 ? 1 : 0, "a small one is packed all the same");
        resume.SetResult();
        foreach (var staging in stalled)
            await (await staging).SealAsync(CancellationToken.None);
        StagingFiles().ShouldBeEmpty();
        Store.Enumerate().Count().ShouldBe(2);
    }

    [Fact]
    public async Task Bodies_that_fail_give_back_their_part()
    {
        Reopen(TwoBodies with { BudgetPatience = Timeout.InfiniteTimeSpan });
        for (var i = 0; i < 10; i++)
        {
            var cut = new ScriptedStream(Length, 10_000, _ => Task.FromException(new InvalidDataException("cut")));
            await Should.ThrowAsync<InvalidDataException>(() => Store.StageAsync(cut, null, CancellationToken.None));
            (await Stage(Content(i))).Dispose();
        }
        await Put(RandomBytes(300_000));
        await Put(Content(0));
    }

    [Fact]
    public async Task A_client_that_goes_while_it_waits_takes_nothing_with_it()
    {
        Reopen(TwoBodies with { BudgetPatience = Timeout.InfiniteTimeSpan });
        var first = await Stage(Content(0));
        using var second = await Stage(Content(1));
        using var gone = new CancellationTokenSource();
        var waiting = Store.StageAsync(new MemoryStream(Content(2)), null, gone.Token);
        await gone.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting);
        first.Dispose();
        await Put(Content(3));
    }

    private static byte[] Content(int number) => RandomBytes(Length, number);
}
