namespace CasStore.Tests.Integration.Harness;

/// <summary>An access key with its secret.</summary>
internal sealed record Credentials(string AccessKey, string SecretKey);
