using BenchmarkDotNet.Running;

// A first word without dashes is a part of a name; what else there is goes to BenchmarkDotNet.
var filter = args.Length > 0 && !args[0].StartsWith('-') ? $"*{args[0]}*" : "*";
string[] options =
[
    // In this process: the library would otherwise write and build a project for a framework that it does not know.
    "--inProcess", "--memory", "--filter", filter, .. args.Length > 0 && filter != "*" ? args[1..] : args,
];
var summaries = BenchmarkSwitcher.FromAssembly(System.Reflection.Assembly.GetExecutingAssembly()).Run(options).ToList();
var succeeded = summaries.Count > 0
    && summaries.All(summary => !summary.HasCriticalValidationErrors && summary.Reports.All(report => report.Success));
return succeeded ? 0 : 1;
