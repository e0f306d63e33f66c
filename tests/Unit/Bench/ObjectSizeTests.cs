using CasStore.Bench.Output;

namespace CasStore.Tests.Unit.Bench;

public sealed class ObjectSizeTests
{
    [Theory]
    [InlineData("4096", 4096, "4 KiB")]
    [InlineData("1kib", 1024, "1 KiB")]
    [InlineData("64MiB", 67_108_864, "64 MiB")]
    [InlineData("250MB", 250_000_000, "250 MB")]
    [InlineData("1 GiB", 1_073_741_824, "1 GiB")]
    [InlineData("17", 17, "17 B")]
    public void Sizes_are_read_and_written(string text, long bytes, string written)
    {
        ObjectSize.TryParse(text).ShouldBe(bytes);
        ObjectSize.Text(bytes).ShouldBe(written);
    }

    [Theory]
    [InlineData("")]
    [InlineData("KiB")]
    [InlineData("-1")]
    [InlineData("1.5MB")]
    [InlineData("99999999999GiB")]
    public void What_is_no_size_is_none(string text) => ObjectSize.TryParse(text).ShouldBeNull();
}
