using System.Reflection;

namespace CasStore.Events.Schema;

/// <summary>One forward step of the schema. A step that has shipped never changes.</summary>
/// <param name="Version">Steps are applied once each, in this order.</param>
/// <param name="Name">Name of the embedded .sql file, without its ending.</param>
/// <param name="Sql">The statements.</param>
public sealed record Migration(int Version, string Name, string Sql)
{
    /// <summary>The steps of the log itself.</summary>
    public static IReadOnlyList<Migration> Log { get; } = [FromResource(1, "log", typeof(Migration).Assembly)];

    /// <summary>Reads a step from a .sql file embedded in <paramref name="assembly"/>.</summary>
    public static Migration FromResource(int version, string name, Assembly assembly)
    {
        using var stream = assembly.GetManifestResourceStream($"{name}.sql")
            ?? throw new InvalidOperationException($"{name}.sql is not embedded in {assembly.GetName().Name}.");
        using var reader = new StreamReader(stream);
        return new Migration(version, name, reader.ReadToEnd());
    }
}
