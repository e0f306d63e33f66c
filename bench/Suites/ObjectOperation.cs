namespace CasStore.Bench.Suites;

/// <summary>What suites of whole objects ask, in the order in which they do.</summary>
internal enum ObjectOperation
{
    Put, Get, Head, List, Mixed, Delete,
}
