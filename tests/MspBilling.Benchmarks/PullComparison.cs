using System.Globalization;
using System.Text;
using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MspBilling.Adapters.Storage;
using MspBilling.App;
using MspBilling.App.Capture;
using MspBilling.Local.Azurite;

namespace MspBilling.Benchmarks;

/// <summary>Time entries pulled and stored, against the bare upserts of the rows that this leaves; both on one Azurite, in memory, in turns.</summary>
/// <remarks>
/// A pull has to reach 60 % of the rate of the bare upserts. Beside them it keeps the pages' bytes, reads them, looks up what is stored of each record, and
/// moves the cursor. The source hands its pages over at once: what is measured is what we do with them. In turns, because a machine is not always
/// equally fast: the two are compared round by round.
/// </remarks>
internal sealed class PullComparison(string connectionString, ManyEntries source, int entries)
{
    private const int Clients = 50;
    private const int Parallel = 8;
    private const int FirstPort = 19_400;

    private int _storages;

    public static async Task RunAsync(int entries, int rounds)
    {
        await using var azurite = await AzuriteEmulator.StartAsync(FirstPort, data: null, notice: _ => { }, CancellationToken.None);
        var comparison = new PullComparison(azurite.ConnectionString, new ManyEntries(entries, Clients), entries);
        Console.WriteLine("round  bare s  pull s  bare/s  pull/s  share");
        await comparison.RoundAsync(0);
        for (var round = 1; round <= rounds; round++)
        {
            await comparison.RoundAsync(round);
        }
    }

    private async Task RoundAsync(int round)
    {
        var (pull, activities, locations) = await PullAsync();
        var bare = await BareAsync(activities, locations);
        string Rate(TimeSpan took) => (entries / took.TotalSeconds).ToString("0", CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{(round == 0 ? "warm" : round),5}  {bare.TotalSeconds,6:0.00}  {pull.TotalSeconds,6:0.00}  {Rate(bare),6}  {Rate(pull),6}  {bare / pull,4:0%}"));
    }

    private async Task<(TimeSpan Took, List<TableEntity> Activities, List<TableEntity> Locations)> PullAsync()
    {
        await using var services = await CreateAsync();
        using (var settings = new MemoryStream(Encoding.UTF8.GetBytes(ManyEntries.Settings)))
        {
            var imported = await services.GetRequiredService<ImportJob>().RunAsync("msp-settings.json", null, settings, CancellationToken.None);
            Require(imported.State == ImportState.Imported, imported.ToString());
        }

        var start = TimeProvider.System.GetTimestamp();
        var report = await services.GetRequiredService<PullJob>().RunAsync(source, new PullRequest(), CancellationToken.None);
        var took = TimeProvider.System.GetElapsedTime(start);
        Require(!report.HasFailed && report.Feeds[^1].Added == entries, string.Join(", ", report.Feeds));

        var (activities, locations) = (await RowsAsync("activities"), await RowsAsync("locations"));
        Require(activities.Count == entries && locations.Count == entries, $"{activities.Count} activities and {locations.Count} locations were stored.");
        await services.GetRequiredService<BillingStorage>().DeleteAsync(CancellationToken.None);
        return (took, activities, locations);
    }

    private async Task<TimeSpan> BareAsync(List<TableEntity> activities, List<TableEntity> locations)
    {
        await using var services = await CreateAsync();
        var start = TimeProvider.System.GetTimestamp();
        await UpsertAsync("activities", activities);
        await UpsertAsync("locations", locations);
        var took = TimeProvider.System.GetElapsedTime(start);
        await services.GetRequiredService<BillingStorage>().DeleteAsync(CancellationToken.None);
        return took;
    }

    private async Task<ServiceProvider> CreateAsync()
    {
        _storages++;
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Storage:ConnectionString", connectionString), new("Storage:Prefix", Prefix)]).Build();
        var services = new ServiceCollection().AddLogging(logging => logging.SetMinimumLevel(LogLevel.None)).AddMspBilling(configuration).BuildServiceProvider();
        await services.GetRequiredService<BillingStorage>().CreateAsync(CancellationToken.None);
        return services;
    }

    private string Prefix => string.Create(CultureInfo.InvariantCulture, $"bench{_storages}");

    private TableClient Table(string name) => new TableServiceClient(connectionString).GetTableClient(Prefix + name);

    private async Task<List<TableEntity>> RowsAsync(string name)
    {
        var rows = new List<TableEntity>();
        await foreach (var row in Table(name).QueryAsync<TableEntity>())
        {
            rows.Add(new TableEntity(row.PartitionKey, row.RowKey) { ["Json"] = row.GetBinary("Json") });
        }

        return rows;
    }

    private async Task UpsertAsync(string name, List<TableEntity> rows)
    {
        var table = Table(name);
        await System.Threading.Tasks.Parallel.ForEachAsync(
            rows.GroupBy(row => row.PartitionKey).SelectMany(partition => partition.Chunk(100)),
            new ParallelOptions { MaxDegreeOfParallelism = Parallel },
            async (batch, token) => await table.SubmitTransactionAsync(batch.Select(row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)), token));
    }

    private static void Require(bool isRight, string problem)
    {
        if (!isRight)
        {
            throw new InvalidOperationException(problem);
        }
    }
}
