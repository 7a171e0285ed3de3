using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MspBilling.App.Accounting;
using MspBilling.App.Capture;
using MspBilling.Local.Sample;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>Done again, or in another order, it is the same to the byte.</summary>
public sealed class RunRepeatTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Sample_ImportedClosedAndBookedAgain_ChangesNothing()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        await SampleRun.BookAsync(storage);
        var before = await StorageSnapshot.EverythingAsync(storage);

        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));

        var reports = await SampleRun.ImportAsync(storage, SampleRun.Month);
        Assert.All(reports, report => Assert.Equal(ImportState.AlreadyImported, report.State));
        await SampleRun.CloseAsync(storage);
        Assert.Equal(0, await storage.Get<OutboxPump>().SendAsync(SampleRun.September, failedToo: false, Token));
        await SampleRun.BookAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    [Fact]
    public async Task Sample_RecordsOfEachFileShuffled_EndsInTheSame()
    {
        var random = new Random(20240930);
        await using var storage = await azurite.CreateAsync();

        await SampleRun.ImportAsync(storage, SampleRun.Month.Select(file => Shuffled(file, random)));

        await AssertEndsInTheSameAsync(storage);
    }

    // The worst order: time before its companies, and the settings, which say who lives in which time zone, last of all.
    [Fact]
    public async Task Sample_FilesInTheOppositeOrder_EndsInTheSame()
    {
        await using var storage = await azurite.CreateAsync();

        await SampleRun.ImportAsync(storage, SampleRun.Month.Reverse());

        await AssertEndsInTheSameAsync(storage);
    }

    [Fact]
    public async Task Sample_CompaniesThenTimeThenSettings_EndsInTheSame()
    {
        await using var storage = await azurite.CreateAsync();
        var files = SampleRun.Month;
        string[] order = ["company-companies.json", "time-entries.json"];

        await SampleRun.ImportAsync(storage, files.OrderBy(file => Array.IndexOf(order, file.Name) is var place and >= 0 ? place : file.Name == "msp-settings.json" ? 9 : 5));

        await AssertEndsInTheSameAsync(storage);
    }

    private async Task AssertEndsInTheSameAsync(TestStorage storage)
    {
        await SampleRun.CloseAsync(storage);
        await SampleRun.BookAsync(storage);
        StorageSnapshot.AssertSame(await StorageSnapshot.ResultsAsync(await azurite.ClosedSampleAsync()), await StorageSnapshot.ResultsAsync(storage));
    }

    private static SampleFile Shuffled(SampleFile file, Random random)
    {
        if (file.Name.EndsWith(".csv", StringComparison.Ordinal))
        {
            var lines = Encoding.UTF8.GetString(file.Content).TrimEnd('\n').Split('\n');
            random.Shuffle(lines.AsSpan(1));
            return file with { Content = Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n") };
        }

        if (JsonNode.Parse(file.Content) is not JsonArray records)
            return file;

        var shuffled = records.Select(record => record!.ToJsonString()).ToArray();
        random.Shuffle(shuffled);
        return file with { Content = JsonSerializer.SerializeToUtf8Bytes(shuffled.Select(record => JsonNode.Parse(record))) };
    }
}
