using System.Data.Common;

namespace CasStore.Api.Hosting;

/// <summary>
/// What a person can do something about when the Api does not start; anything else keeps its stack trace.
/// </summary>
internal static class StartupFailure
{
    public static string? Describe(Exception failure) => failure switch
    {
        DbException database => $"the database does not answer: {database.Message}",
        InvalidOperationException or InvalidDataException or IOException or UnauthorizedAccessException =>
            failure.Message,
        _ => null,
    };
}
