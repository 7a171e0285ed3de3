using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App;
using MspBilling.App.Capture;
using MspBilling.Local.Azurite;

namespace MspBilling.Benchmarks;

/// <summary>100,000 time entries pulled and stored, against the bare upserts of the rows that this leaves; both on one Azurite, in memory.</summary>
/// <remarks>
/// A pull may take at most 1/0.6 = 1.67 times as long: the ratio in the summary. Beside the upserts it keeps the pages' bytes, reads them, looks up what is
/// stored of each record, and moves the cursor. The source hands its pages over at once: what is measured is what we do with them.
/// </remarks>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 3)]
public class PullBenchmarks
{
    private const int Entries = 100_000;
    private const int Clients = 50;
    private const int Parallel = 8;
    private const int FirstPort = 19_400;

    private readonly ManyEntries _source = new(Entries, Clients);
    private AzuriteEmulator _azurite = null!;
    private ServiceProvider _services = null!;
    private List<TableEntity> _activities = [];
    private List<TableEntity> _locations = [];
    private int _run;

    [GlobalSetup]
    public async Task SetUpAsync()
    {
        _azurite = await AzuriteEmulator.StartAsync(FirstPort, data: null, notice: _ => { }, CancellationToken.None);
        await BeginAsync();
        await PullAsync();
        _activities = await RowsAsync("activities");
        _locations = await RowsAsync("locations");
        if (_activities.Count != Entries || _locations.Count != Entries)
        {
            throw new InvalidOperationException($"{_activities.Count} activities and {_locations.Count} locations were stored.");
        }

        await EndAsync();
    }

    [GlobalCleanup]
    public async Task CleanUpAsync() => await _azurite.DisposeAsync();

    [IterationSetup]
    public void Begin() => BeginAsync().GetAwaiter().GetResult();

    [IterationCleanup]
    public void End() => EndAsync().GetAwaiter().GetResult();

    [Benchmark(Baseline = true)]
    public async Task BareUpserts()
    {
        await UpsertAsync("activities", _activities);
        await UpsertAsync("locations", _locations);
    }

    [Benchmark]
    public Task PullAndStore() => PullAsync();

    private async Task PullAsync()
    {
        var report = await _services.GetRequiredService<PullJob>().RunAsync(_source, new PullRequest(), CancellationToken.None);
        if (report.HasFailed || report.Feeds[^1].Added != Entries)
        {
            throw new InvalidOperationException(report.ToString());
        }
    }

    private async Task BeginAsync()
    {
        _run++;
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("Storage:ConnectionString", _azurite.ConnectionString), new("Storage:Prefix", Prefix)])
            .Build();
        _services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddMspBilling(configuration).BuildServiceProvider();
        await _services.GetRequiredService<BillingStorage>().CreateAsync(CancellationToken.None);
        using var settings = new MemoryStream(Encoding.UTF8.GetBytes(ManyEntries.Settings));
        var imported = await _services.GetRequiredService<ImportJob>().RunAsync("msp-settings.json", null, settings, CancellationToken.None);
        if (imported.State != ImportState.Imported)
        {
            throw new InvalidOperationException(imported.Problems[0].ToString());
        }
    }

    private async Task EndAsync()
    {
        await _services.GetRequiredService<BillingStorage>().DeleteAsync(CancellationToken.None);
        await _services.DisposeAsync();
    }

    private string Prefix => string.Create(CultureInfo.InvariantCulture, $"bench{_run}");

    private TableClient Table(string name) => new TableServiceClient(_azurite.ConnectionString).GetTableClient(Prefix + name);

    private async Task<List<TableEntity>> RowsAsync(string name)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Table(name).QueryAsync<TableEntity>())
        {
            rows.Add(new TableEntity(row.PartitionKey, row.RowKey) { ["Json"] = row.GetBinary("Json") });
        }

        return rows;
    }

    private Task UpsertAsync(string name, List<TableEntity> rows)
    {
        var table = Table(name);
        var batches = rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100));
        return System.Threading.Tasks.Parallel.ForEachAsync(
            batches,
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (batch, token) => await table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token));
    }
}
