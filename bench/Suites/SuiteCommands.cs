using System.CommandLine;
using CasStore.Bench.Output;

namespace CasStore.Bench.Suites;

/// <summary>The suites of loads.</summary>
internal static class SuiteCommands
{
    public static IEnumerable<Command> Create() =>
    [
        Objects(
            "small", "Small objects: PUT, GET, HEAD, LIST, a mix of them, DELETE", "4KiB", "1,8,32,128",
            "put,get,head,list,mixed,delete", seconds: 5, SuiteFigure.Bars),
        Objects(
            "large", "Large objects: PUT and GET in a few streams", "64MiB,250MB", "1,4", "put,get", seconds: 3,
            SuiteFigure.Bars),
        Objects(
            "connections", "Small objects over 1 to 1,000 connections", "4KiB", "1,10,100,1000", "put,get",
            seconds: 3, SuiteFigure.Lines),
        Multipart(),
        Overwrite(),
        Dedup(),
    ];

    private static Command Objects(
        string name, string description, string sizes, string connections, string operations, double seconds,
        Func<SuiteReport, string> draw)
    {
        var size = ListOption.Sizes("--size", sizes, "Sizes of objects, such as 1KiB,4KiB,1MiB");
        var count = ListOption.Counts("--connections", connections, "Numbers of connections, one run for each");
        var kinds = ListOption.Operations("--requests", operations, "Kinds of requests");
        return SuiteCommand.Create(name, description, seconds, [size.Option, count.Option, kinds.Option],
            parsed => new ObjectSuite(size.Read(parsed), count.Read(parsed), kinds.Read(parsed)), draw);
    }

    private static Command Multipart()
    {
        var size = ListOption.Sizes("--part-size", "8MiB", "Size of a part");
        var parts = BenchOptions.Positive("--parts", 30, "Parts of an object");
        var count = ListOption.Counts("--connections", "1,4", "Parts that are sent at the same time");
        return SuiteCommand.Create(
            "multipart", "Objects in parts, and GETs of them", 3, [size.Option, parts, count.Option],
            parsed => new MultipartSuite(size.Read(parsed)[0], parsed.GetValue(parts), count.Read(parsed)),
            SuiteFigure.Bars);
    }

    private static Command Overwrite()
    {
        var size = ListOption.Sizes("--size", "4KiB", "Size of objects");
        var keys = BenchOptions.Positive("--keys", 100, "Keys that are overwritten");
        var count = ListOption.Counts("--connections", "1,32", "Numbers of connections, one run for each");
        return SuiteCommand.Create(
            "overwrite", "The same keys over and over, in a bucket without and in one with versions", 3,
            [size.Option, keys, count.Option],
            parsed => new OverwriteSuite(size.Read(parsed)[0], count.Read(parsed), parsed.GetValue(keys)),
            SuiteFigure.Bars);
    }

    private static Command Dedup()
    {
        var size = ListOption.Sizes("--size", "4KiB,1MiB", "Sizes of objects");
        var count = ListOption.Counts("--connections", "1,32", "Numbers of connections, one run for each");
        return SuiteCommand.Create(
            "dedup", "New content, then the same content under other keys", 3, [size.Option, count.Option],
            parsed => new DedupSuite(size.Read(parsed), count.Read(parsed)),
            SuiteFigure.Bars);
    }
}
