using System.Security.Cryptography;
using System.Text;

namespace CasStore.Events.Access;

/// <summary>
/// Seals secrets with AES-256-GCM under the store key, which is kept in a file of mode 0600 outside the database.
/// Signature version 4 needs the secret back, so a hash will not do.
/// </summary>
public sealed class SecretBox
{
    private const int KeySize = 32, NonceSize = 12, TagSize = 16;
    private const byte Version = 1;
    private readonly byte[] _key;

    private SecretBox(byte[] key) => _key = key;

    /// <summary>
    /// Reads the store key, or makes one when there is none. Safe when several processes do so at once.
    /// </summary>
    /// <exception cref="InvalidDataException">The file is not a store key.</exception>
    public static SecretBox Open(string keyFile)
    {
        if (!File.Exists(keyFile))
            Create(keyFile);
        var key = File.ReadAllBytes(keyFile);
        if (key.Length != KeySize)
            throw new InvalidDataException($"{keyFile} is not a store key: it has {key.Length} bytes, not {KeySize}.");
        return new SecretBox(key);
    }

    /// <summary>Seals a secret for one access key; it opens for no other.</summary>
    public byte[] Seal(string accessKey, string secret)
    {
        var plain = Encoding.UTF8.GetBytes(secret);
        var box = new byte[1 + NonceSize + TagSize + plain.Length];
        box[0] = Version;
        var nonce = box.AsSpan(1, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_key, TagSize);
        aes.Encrypt(nonce, plain, box.AsSpan(1 + NonceSize + TagSize), box.AsSpan(1 + NonceSize, TagSize),
            Encoding.UTF8.GetBytes(accessKey));
        return box;
    }

    /// <summary>Opens what <see cref="Seal"/> made.</summary>
    /// <exception cref="CryptographicException">Sealed under another store key or for another access key.</exception>
    public string Open(string accessKey, ReadOnlySpan<byte> box)
    {
        if (box.Length < 1 + NonceSize + TagSize || box[0] != Version)
            throw new CryptographicException("The sealed secret has an unknown form.");
        var plain = new byte[box.Length - 1 - NonceSize - TagSize];
        using var aes = new AesGcm(_key, TagSize);
        aes.Decrypt(box.Slice(1, NonceSize), box[(1 + NonceSize + TagSize)..], box.Slice(1 + NonceSize, TagSize), plain,
            Encoding.UTF8.GetBytes(accessKey));
        return Encoding.UTF8.GetString(plain);
    }

    private static void Create(string keyFile)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(keyFile))!);
        var staged = $"{keyFile}.{Guid.NewGuid():n}";
        using (var file = new FileStream(staged, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        }))
        {
            file.Write(RandomNumberGenerator.GetBytes(KeySize));
            file.Flush(flushToDisk: true);
        }
        try
        {
            File.Move(staged, keyFile, overwrite: false);
        }
        catch (IOException) when (File.Exists(keyFile))
        {
            // Another process was first; its key is the store's.
            File.Delete(staged);
        }
    }
}
