using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace MspBilling.Benchmarks;

/// <summary>What rating costs for each activity, from few and short runs: the largest month takes seconds and not microseconds.</summary>
/// <remarks>Without a collector that works beside it, which would be a second core.</remarks>
internal sealed class PerActivity : ManualConfig
{
    public PerActivity()
    {
        AddJob(Job.Default.WithLaunchCount(1).WithWarmupCount(8).WithIterationCount(5).WithGcServer(false).WithGcConcurrent(false));
        WithBuildTimeout(TimeSpan.FromMinutes(10)); // of the program that it writes and builds; two are too few on a busy machine
        AddDiagnoser(MemoryDiagnoser.Default);
        AddColumn(new Column("Time/activity", "us", report => report.ResultStatistics?.Mean / 1_000));
        AddColumn(new Column("Allocated/activity", "B", report => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase)));
    }

    private sealed class Column(string name, string unit, Func<BenchmarkReport, double?> valueOf) : IColumn
    {
        public string Id => name;

        public string ColumnName => name;

        public string Legend => $"Of one activity, in {unit}";

        public ColumnCategory Category => ColumnCategory.Custom;

        public UnitType UnitType => UnitType.Dimensionless;

        public bool AlwaysShow => true;

        public int PriorityInCategory => 0;

        public bool IsNumeric => true;

        public bool IsAvailable(Summary summary) => true;

        public bool IsDefault(Summary summary, BenchmarkCase benchmarkCase) => false;

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase) =>
            summary[benchmarkCase] is { } report && valueOf(report) is { } value
                ? string.Create(CultureInfo.InvariantCulture, $"{value / (int)benchmarkCase.Parameters[nameof(RatingBenchmarks.Activities)]:F3} {unit}")
                : "-";

        public string GetValue(Summary summary, BenchmarkCase benchmarkCase, SummaryStyle style) => GetValue(summary, benchmarkCase);
    }
}
