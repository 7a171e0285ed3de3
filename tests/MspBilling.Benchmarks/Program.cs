using System.Globalization;
using BenchmarkDotNet.Running;
using MspBilling.Benchmarks;

// All of them: dotnet run -c Release --project tests/MspBilling.Benchmarks -- --filter '*'
// Pulling against bare upserts: dotnet run -c Release --project tests/MspBilling.Benchmarks -- pull [entries] [rounds]
if (args is ["pull", .. var numbers])
{
    int NumberAt(int index, int otherwise) => numbers.Length > index ? int.Parse(numbers[index], CultureInfo.InvariantCulture) : otherwise;
    await PullComparison.RunAsync(NumberAt(0, 100_000), NumberAt(1, 3));
    return;
}

BenchmarkSwitcher.FromAssembly(typeof(PullComparison).Assembly).Run(args);
