using BenchmarkDotNet.Running;

// All of them: dotnet run -c Release --project tests/MspBilling.Benchmarks -- --filter '*'
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
