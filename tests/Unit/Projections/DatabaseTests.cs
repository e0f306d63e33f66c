using CasStore.Projections.Engine;

namespace CasStore.Tests.Unit.Projections;

public sealed class DatabaseTests
{
    [Theory]
    [InlineData("Host=db", 32)]
    [InlineData("Host=db;Maximum Pool Size=7", 7)]
    [InlineData("Host=db;maxpoolsize=100", 100)]
    public void A_process_has_32_connections_unless_the_connection_string_says_otherwise(string given, int expected)
    {
        using var database = Database.Connect(given);
        database.ConnectionString.ShouldContain($"Maximum Pool Size={expected}");
    }
}
