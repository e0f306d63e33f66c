using CasStore.BlobCas;
using FsCheck;
using FsCheck.Fluent;

namespace CasStore.Tests.Unit.BlobCas.Packs;

/// <summary>Random puts, deletions, compactions, reopenings and crashes against a dictionary.</summary>
public sealed class PackModelTests : PackDirectory
{
    private const int Contents = 40;

    private enum Kind
    {
        Put,
        PutMany,
        Delete,
        DeleteMany,
        Compact,
        Reopen,
        Crash,
        Tear,
    }

    [Fact]
    public void Holds_what_the_model_holds()
    {
        var step = Gen.Zip(
            Gen.Frequency((8, Gen.Constant(Kind.Put)), (2, Gen.Constant(Kind.PutMany)), (5, Gen.Constant(Kind.Delete)),
                (1, Gen.Constant(Kind.DeleteMany)), (2, Gen.Constant(Kind.Compact)), (1, Gen.Constant(Kind.Reopen)),
                (1, Gen.Constant(Kind.Crash)), (1, Gen.Constant(Kind.Tear))),
            Gen.Choose(0, Contents - 1));
        var runs = step.ListOf(60).ToArbitrary();
        Prop.ForAll(runs, steps => RunAsync([.. steps]))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(15));
    }

    private static byte[] Content(int number) => RandomBytes(number * 1_700 % 66_000 % 65_537, number);

    private static IEnumerable<int> Some(int number) =>
        Enumerable.Range(0, 12).Select(i => ((i * 7) + number) % Contents);

    private async Task RunAsync((Kind Kind, int Number)[] steps)
    {
        var model = new HashSet<int>();
        Renew(_ => { });
        foreach (var (kind, number) in steps)
        {
            await StepAsync(kind, number, model);
            var number2 = (number * 31) % Contents;
            (await TryGet(Store, Digest(number))).ShouldBe(model.Contains(number) ? Content(number) : null);
            (await TryGet(Store, Digest(number2))).ShouldBe(model.Contains(number2) ? Content(number2) : null);
        }
        Store.Enumerate().ShouldBe(model.Select(Digest).OrderBy(d => d.ToString(), StringComparer.Ordinal));
        foreach (var number in model)
            (await Get(Digest(number))).ShouldBe(Content(number));
        await Store.DeleteAsync([.. Enumerable.Range(0, Contents).Select(Digest)]);
    }

    private async Task StepAsync(Kind kind, int number, HashSet<int> model)
    {
        switch (kind)
        {
            case Kind.Put:
                await Put(Content(number));
                model.Add(number);
                break;
            case Kind.PutMany:
                await Task.WhenAll(Some(number).Select(n => Put(Content(n))));
                model.UnionWith(Some(number));
                break;
            case Kind.Delete:
                (await Store.DeleteAsync(Digest(number))).ShouldBe(model.Remove(number));
                break;
            case Kind.DeleteMany:
                (await Store.DeleteAsync([.. Some(number).Select(Digest)]))
                    .ShouldBe(Some(number).Count(model.Contains));
                model.ExceptWith(Some(number));
                break;
            case Kind.Compact:
                (await Store.CompactAsync(number / (double)Contents, CancellationToken.None)).Damaged.ShouldBeEmpty();
                break;
            case Kind.Reopen:
                Reopen();
                break;
            case Kind.Crash:
                Renew(_ => { });
                break;
            case Kind.Tear:
                Renew(TearBehind);
                break;
        }
    }

    /// <summary>Goes on in a state that a crash leaves.</summary>
    private void Renew(Action<string> change)
    {
        OpenCopy(out var copy, change).Dispose();
        Store.Dispose();
        Directory.Delete(Packs, recursive: true);
        Directory.Move(Path.Combine(copy, "blobs", "packs"), Packs);
        Reopen();
    }

    /// <summary>Half a batch behind the last record of what was being written.</summary>
    private static void TearBehind(string packs)
    {
        foreach (var pack in Directory.EnumerateFiles(packs, "*.pack"))
        {
            if (File.Exists(Path.ChangeExtension(pack, ".index")))
                continue;
            var bytes = File.ReadAllBytes(pack);
            File.AppendAllBytes(pack, bytes[Math.Min(64, bytes.Length)..Math.Min(1_064, bytes.Length)]);
        }
    }

    private static BlobDigest Digest(int number) => CasStore.BlobCas.Hashing.Blake3.Hash(Content(number));
}
