namespace CasStore.Bench.Load;

/// <summary>A kind of request.</summary>
internal enum Operation
{
    Put, Get, Head, List, Delete,
}
