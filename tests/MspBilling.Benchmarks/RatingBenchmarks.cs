using BenchmarkDotNet.Attributes;
using MspBilling.Core.Rating;

namespace MspBilling.Benchmarks;

/// <summary>Rating alone, on one core: ten times the activities may take at most eleven times as long.</summary>
/// <remarks>
/// A close rates many clients, each by itself and its result let go when it is written: <see cref="ClientsOf10000"/>. <see cref="OneClient"/> is a single
/// client with all of the activities, which shows that no rule costs more for each activity the more there are. The captured records stay in memory all the
/// while: 10,000,000 of them are some 6 GB.
/// </remarks>
[Config(typeof(PerActivity))]
public class RatingBenchmarks
{
    private const int OfAClient = 10_000;
    private RatingCase[] _cases = [];

    [Params(10_000, 100_000, 1_000_000, 10_000_000)]
    public int Activities { get; set; }

    [GlobalSetup(Target = nameof(ClientsOf10000))]
    public void SetUpClients() => _cases = [.. Enumerable.Range(0, Activities / OfAClient).Select(_ => BenchmarkMonth.Case(OfAClient))];

    [GlobalSetup(Target = nameof(OneClient))]
    public void SetUpOneClient() => _cases = [BenchmarkMonth.Case(Activities)];

    [Benchmark]
    public int ClientsOf10000()
    {
        var lines = 0;
        foreach (var @case in _cases)
        {
            lines += Rater.Rate(@case).Lines.Count;
        }

        return lines;
    }

    [Benchmark]
    public RatedPeriod OneClient() => Rater.Rate(_cases[0]);
}
