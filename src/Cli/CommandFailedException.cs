namespace CasStore.Cli;

/// <summary>A command cannot be carried out. The message is one line for the operator and says what to do.</summary>
public sealed class CommandFailedException(string message, Exception? cause = null) : Exception(message, cause);
