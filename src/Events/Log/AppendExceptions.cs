namespace CasStore.Events.Log;

/// <summary>Thrown when the queue is full: the caller answers 503 SlowDown.</summary>
public sealed class QueueFullException() : Exception("The append queue is full.");

/// <summary>Thrown when the log's database does not answer: whether the command happened is not known.</summary>
public sealed class LogUnavailableException(string message, Exception? inner) : Exception(message, inner);
