using System.Diagnostics;
using System.Security.Cryptography;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Queues;
using MspBilling.App.Capture;
using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>A close that is killed anywhere and started again ends in the same invoices, numbers, documents and accounting files.</summary>
public sealed class KilledCloseTests(AzuriteFixture azurite, ClosedSample undisturbed) : IClassFixture<ClosedSample>
{
    // Between seeing what a moment waits for and the kill, a fast close may end; then it is tried again on a storage of its own.
    private const int Attempts = 3;

    /// <summary>What a killed close waits for before it is killed: how many of something lie in storage, or how much of the undisturbed one's time has passed.</summary>
    public enum Moment
    {
        ImportsNoted,
        BillBlobs,
        NumberRows,
        Documents,
        InvoiceRows,
        QueueMessages,
        AccountingFiles,
        PercentRun,
    }

    private static readonly (Moment Moment, int Count)[] All =
    [
        (Moment.PercentRun, 30), (Moment.PercentRun, 50), (Moment.NumberRows, 1), (Moment.Documents, 3), (Moment.InvoiceRows, 6), (Moment.QueueMessages, 1), (Moment.AccountingFiles, 11),
    ];

    public static TheoryData<Moment, int> Moments { get; } = [.. SweepSample.Of(All.Length, 3).Select(point => All[point])];

    [Theory]
    [MemberData(nameof(Moments))]
    public Task Close_KilledAndStartedAgain_EndsAsIfUndisturbed(Moment moment, int count) => KilledAtEachAsync(isImported: moment != Moment.PercentRun, (moment, count));

    [Fact]
    public Task Close_KilledAgainAndAgain_EndsAsIfUndisturbed() => KilledAtEachAsync(
        isImported: false,
        (Moment.ImportsNoted, 3), (Moment.BillBlobs, 1), (Moment.NumberRows, 1), (Moment.InvoiceRows, 1), (Moment.QueueMessages, 1));

    private async Task KilledAtEachAsync(bool isImported, params (Moment Moment, int Count)[] moments)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
        {
            await using var storage = await azurite.CreateAsync();
            using var program = LocalProgram.On(azurite, storage);
            if (isImported)
            {
                await ImportSampleAsync(storage);
            }

            var killed = 0;
            while (killed < moments.Length && await KillAtAsync(program, storage, moments[killed], attempt))
            {
                killed++;
            }

            if (killed == moments.Length)
            {
                await AssertEndsAsUndisturbedAsync(program, storage);
                return;
            }

            TestContext.Current.TestOutputHelper!.WriteLine($"Attempt {attempt}: the close ended before {moments[killed]}.");
        }

        Assert.Fail($"The close ended {Attempts} times before it was killed.");
    }

    private static async Task ImportSampleAsync(TestStorage storage)
    {
        foreach (var file in SampleMonth.Generate())
        {
            using var content = new MemoryStream(file.Content);
            await storage.Get<ImportJob>().RunAsync(file.Name, null, content, TestContext.Current.CancellationToken);
        }
    }

    private async Task AssertEndsAsUndisturbedAsync(LocalProgram program, TestStorage storage)
    {
        var again = await program.RunAsync("--no-serve", "--json");

        Assert.True(again.ExitCode == undisturbed.First.ExitCode, again.ToString());
        foreach (var part in new[] { "invoices", "totals", "quarantined", "leakage" })
        {
            Assert.Equal(undisturbed.First.Json().GetProperty(part).GetRawText(), again.Json().GetProperty(part).GetRawText());
        }

        Assert.Equal(await LastingAsync(undisturbed.Storage), await LastingAsync(storage));
        Assert.Equal(FilesOf(undisturbed.Program), FilesOf(program));
    }

    /// <returns>Whether it was killed before it had ended.</returns>
    private async Task<bool> KillAtAsync(LocalProgram program, TestStorage storage, (Moment Moment, int Count) at, int attempt)
    {
        // The undisturbed one may have met a busier machine: each attempt is sooner.
        var (time, (moment, count)) = (undisturbed.First.Took * at.Count / (100 * attempt), at);
        using var close = program.Start("--no-serve", "--json");
        var watch = Stopwatch.StartNew();
        while (!close.HasExited)
        {
            var reached = moment == Moment.PercentRun ? watch.Elapsed >= time : await CountAsync(storage, moment) >= count;
            if (reached)
            {
                await close.KillAsync();
                return (await close.EndAsync()).ExitCode != undisturbed.First.ExitCode;
            }

            await Task.Delay(10, TestContext.Current.CancellationToken);
        }

        return false;
    }

    private async Task<int> CountAsync(TestStorage storage, Moment moment)
    {
        var token = TestContext.Current.CancellationToken;
        async Task<int> RowsAsync(string table, string filter) =>
            await new TableClient(azurite.ConnectionString, storage.Prefix + table).QueryAsync<TableEntity>(filter, select: ["RowKey"], cancellationToken: token).CountAsync(token);
        async Task<int> BlobsAsync(string container) =>
            await new BlobContainerClient(azurite.ConnectionString, storage.Prefix + container).GetBlobsAsync(cancellationToken: token).CountAsync(token);
        return moment switch
        {
            Moment.ImportsNoted => await RowsAsync("imports", ""),
            Moment.BillBlobs => await BlobsAsync("-bills"),
            Moment.NumberRows => await RowsAsync("numbers", ""),
            Moment.Documents => await BlobsAsync("-documents"),
            Moment.InvoiceRows => await RowsAsync("bills", "Kind eq 'IssuedInvoice'"),
            Moment.QueueMessages => (await new QueueClient(azurite.ConnectionString, storage.Prefix + "-accounting").GetPropertiesAsync(token)).Value.ApproximateMessagesCount,
            Moment.AccountingFiles => await BlobsAsync("-accounting"),
            _ => throw new ArgumentOutOfRangeException(nameof(moment), moment, null),
        };
    }

    // Everything but what tells when: the notes of imports and of the run. A message that comes twice does no harm and waits its turn.
    private async Task<List<KeyValuePair<string, string>>> LastingAsync(TestStorage storage) =>
    [
        .. (await StoredContent.ReadAsync(azurite, storage)).Where(entry =>
            !entry.Key.StartsWith("imports/", StringComparison.Ordinal) && !entry.Key.StartsWith("runs/", StringComparison.Ordinal)
            && entry.Key != "-accounting messages"),
    ];

    private static List<(string Name, string Hash)> FilesOf(LocalProgram program)
    {
        var output = new DirectoryInfo(Path.Combine(program.Folder.FullName, ".local", "output"));
        return
        [
            .. from file in output.EnumerateFiles("*", SearchOption.AllDirectories)
               select (Path.GetRelativePath(output.FullName, file.FullName), Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file.FullName)))) into entry
               orderby entry.Item1
               select entry,
        ];
    }
}
