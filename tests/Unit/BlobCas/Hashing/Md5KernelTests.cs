namespace CasStore.Tests.Unit.BlobCas.Hashing;

public sealed class Md5KernelTests
{
    private static readonly string Kernels = RepositoryFiles.PathOf("src/BlobCas/Hashing/Md5Kernels.g.cs");

    [Fact]
    public void The_checked_in_kernels_are_what_the_generator_writes()
    {
        var generated = Md5KernelGenerator.Generate();
        if (Environment.GetEnvironmentVariable("CASSTORE_WRITE_GENERATED") == "1")
            File.WriteAllText(Kernels, generated);

        File.ReadAllText(Kernels).ShouldBe(
            generated, "Run this test with CASSTORE_WRITE_GENERATED=1 to write the file again.");
    }
}
