using System.Collections.Concurrent;
using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

[assembly: TestFramework("CasStore.Tests.Integration.Harness.StoreTestFramework", "CasStore.Tests.Integration")]

namespace CasStore.Tests.Integration.Harness;

/// <summary>xunit's own framework, with a last step when all tests have run: what is left of them ends.</summary>
public sealed class StoreTestFramework(IMessageSink messages) : XunitTestFramework(messages)
{
    private static readonly ConcurrentStack<IDisposable> Left = new();

    /// <summary>Disposes something after the last test, the newest first; again, if that was done.</summary>
    public static void DisposeAfterTests(IDisposable left) => Left.Push(left);

    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    private sealed class Executor(AssemblyName name, ISourceInformationProvider sources, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(name, sources, diagnostics)
    {
        // xunit 2 calls this from its own thread and gives no way to await it.
#pragma warning disable VSTHRD100
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases, IMessageSink sink, ITestFrameworkExecutionOptions options)
#pragma warning restore VSTHRD100
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, sink, options);
            await runner.RunAsync();
        }
    }

    private sealed class Runner(
        ITestAssembly assembly, IEnumerable<IXunitTestCase> testCases, IMessageSink diagnostics, IMessageSink sink,
        ITestFrameworkExecutionOptions options)
        : XunitTestAssemblyRunner(assembly, testCases, diagnostics, sink, options)
    {
        protected override Task BeforeTestAssemblyFinishedAsync()
        {
            while (Left.TryPop(out var left))
                left.Dispose();
            return base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
