using CasStore.Bench.Targets;

namespace CasStore.Tests.Unit.Bench;

public sealed class ProcessFilesTests
{
    [Fact]
    public void Processor_time_is_that_of_a_process_and_of_its_ended_children() =>
        ProcessTree.Parse("42 (a ) (name) S 7 42 42 0 -1 4194560 100 200 0 0 11 22 33 44 20 0 9 0 12345 0 0 0")
            .ShouldBe(new ProcessTree.Stat(42, 7, 11 + 22 + 33 + 44));

    [Fact]
    public void Memory_is_told_in_MB_of_a_million_bytes() =>
        ProcessMemory.Parse(["VmPeak:\t  1 kB", "VmHWM:\t   28416 kB"], "VmHWM:").ShouldBe(29.097984);

    [Fact]
    public void This_process_is_a_member_of_its_own_tree()
    {
        ProcessTree.Members([Environment.ProcessId]).ShouldContain(Environment.ProcessId);
        ProcessTree.CpuTime([Environment.ProcessId]).ShouldBeGreaterThan(TimeSpan.Zero);
    }
}
