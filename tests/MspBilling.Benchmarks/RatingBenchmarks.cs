using BenchmarkDotNet.Attributes;
using MspBilling.Core.Rating;

namespace MspBilling.Benchmarks;

/// <summary>Rating alone: ten times the activities may take at most eleven times as long.</summary>
[MemoryDiagnoser]
public class RatingBenchmarks
{
    private RatingCase _case = null!;

    [Params(10_000, 100_000)]
    public int Activities { get; set; }

    [GlobalSetup]
    public void SetUp()
    {
        var (client, _) = BenchmarkMonth.Directory.ClientOf(BenchmarkMonth.ClientId);
        _case = new RatingCase(
            client!, BenchmarkMonth.September, BenchmarkMonth.Directory.AgreementsOf(client!), BenchmarkMonth.Directory, BenchmarkMonth.Activities(Activities));
    }

    [Benchmark]
    public RatedPeriod Rate() => Rater.Rate(_case);
}
