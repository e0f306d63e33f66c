using System.Security.Cryptography;
using System.Text;
using CasStore.Events.Access;

namespace CasStore.Tests.Unit.Events;

public sealed class SecretBoxTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("casstore-secretbox-");

    private string KeyFile => Path.Combine(_directory.FullName, "keys", "store.key");

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public void A_secret_comes_back_for_its_access_key_only()
    {
        var sealedSecret = SecretBox.Open(KeyFile).Seal("KEY", "secret");
        SecretBox.Open(KeyFile).Open("KEY", sealedSecret).ShouldBe("secret");
        Should.Throw<CryptographicException>(() => SecretBox.Open(KeyFile).Open("OTHER", sealedSecret));
    }

    [Fact]
    public void The_secret_is_not_in_the_box_and_the_same_secret_is_sealed_differently_each_time()
    {
        var box = SecretBox.Open(KeyFile);
        var first = box.Seal("KEY", "a very plain secret");
        Encoding.Latin1.GetString(first).ShouldNotContain("plain");
        box.Seal("KEY", "a very plain secret").ShouldNotBe(first);
    }

    [Fact]
    public void Any_changed_byte_is_noticed()
    {
        var box = SecretBox.Open(KeyFile);
        var sealedSecret = box.Seal("KEY", "secret");
        for (var i = 0; i < sealedSecret.Length; i++)
        {
            var changed = (byte[])sealedSecret.Clone();
            changed[i] ^= 1;
            Should.Throw<CryptographicException>(() => box.Open("KEY", changed));
        }
    }

    [Fact]
    public void Processes_that_start_at_once_agree_on_one_key()
    {
        var boxes = new SecretBox[8];
        Parallel.For(0, boxes.Length, n => boxes[n] = SecretBox.Open(KeyFile));
        var sealedSecret = boxes[0].Seal("KEY", "secret");
        boxes.ShouldAllBe(box => box.Open("KEY", sealedSecret) == "secret");
        File.GetUnixFileMode(KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory.GetFiles(Path.GetDirectoryName(KeyFile)!).Length.ShouldBe(1);
    }

    [Fact]
    public void A_file_that_is_no_key_is_refused()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(KeyFile)!);
        File.WriteAllText(KeyFile, "short");
        Should.Throw<InvalidDataException>(() => SecretBox.Open(KeyFile)).Message.ShouldContain("store.key");
    }
}
