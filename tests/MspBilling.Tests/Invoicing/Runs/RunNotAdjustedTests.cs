using System.Text;
using System.Text.Json;
using Azure;
using Azure.Data.Tables;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Api;
using MspBilling.Tests.Local;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>An invoiced period that something came late to and that cannot be computed again.</summary>
public sealed class RunNotAdjustedTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_EarlierPeriodThatCannotBeComputedAgain_IsSaidUntilALaterCloseAdjustsIt()
    {
        await using var storage = await azurite.CreateAsync();
        var (late, _, movedTo) = await LateSample.SeptemberWithLateWorkAsync(storage);
        var hours = 2.25m + 1.5m + (movedTo == late.Client ? 0.5m : 0); // forgotten, more of another, come from another client
        var table = storage.Get<BillingStorage>().Activities;
        var row = (await StorageSnapshot.RowsAsync(table)).First(r =>
            r.PartitionKey == Keys.ActivityPartition(late.Client, SampleRun.September) && !r.RowKey.Contains("99999", StringComparison.Ordinal) && !r.RowKey.Contains($"{late.Id}", StringComparison.Ordinal));
        var good = row.GetBinary("Json");
        await WriteAsync(table, row, Encoding.UTF8.GetBytes("null"));

        await LateSample.CloseAsync(storage, LateSample.October);

        var outcome = await OutcomeAsync(storage, LateSample.October, late.Client);
        var problem = $"A stored activity cannot be read: {row.RowKey}. Import its file again.";
        Assert.Equal(ClientState.Issued, outcome.State);
        Assert.Equal(new UnadjustedPeriod(SampleRun.September, problem), Assert.Single(outcome.NotAdjusted!));
        Assert.Empty(await LateSample.AdjustingAsync(storage, LateSample.October, late.Client));
        Assert.Equal(hours, (await HoldsAsync(storage, late.Client)).Sum(hold => hold.Hours));
        Assert.All(await HoldsAsync(storage, late.Client), hold => Assert.Equal(problem, hold.Detail));
        await AssertIsShownAsync(storage, late.Client, problem);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
        await AssertNothingIsNewAsync(storage, SampleRun.September, LateSample.October);

        // Mended, the next close adjusts it, and nothing more is said.
        await WriteAsync(table, row, good);
        await LateSample.CloseAsync(storage, LateSample.November);

        Assert.Equal(hours, (await LateSample.AdjustingAsync(storage, LateSample.November, late.Client)).Sum(line => line.Details.Sum(d => d.Quantity)));
        foreach (var period in new[] { SampleRun.September, LateSample.October, LateSample.November })
        {
            Assert.Null((await OutcomeAsync(storage, period, late.Client)).NotAdjusted);
        }

        Assert.Empty(await HoldsAsync(storage, late.Client));
        Assert.Empty(await storage.Get<TouchedPeriodStore>().ListAsync(Token));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
        await AssertNothingIsNewAsync(storage, SampleRun.September, LateSample.October, LateSample.November);
    }

    private async Task AssertIsShownAsync(TestStorage storage, string clientId, string problem)
    {
        await using (var host = await ServedHost.StartAsync(storage))
        {
            var run = await JsonAsync(host.Http, "api/runs/2024-10");
            var shown = run.GetProperty("notAdjusted").EnumerateArray().Single(one => one.GetProperty("clientId").GetString() == clientId);
            Assert.Equal(
                ("2024-09", problem, "Mend that, then close the next period: its invoice has the difference."),
                (shown.GetProperty("period").GetString(), shown.GetProperty("reason").GetString(), shown.GetProperty("action").GetString()));
            var holds = await JsonAsync(host.Http, $"api/holds?period=2024-09&client={clientId}");
            Assert.Contains(holds.GetProperty("holds").EnumerateArray(), hold => hold.GetProperty("reason").GetString() == Reason.NotAdjusted.Code && hold.GetProperty("detail").GetString()!.Contains(problem, StringComparison.Ordinal));
        }

        using var program = LocalProgram.On(azurite, storage);
        var closed = await program.RunAsync("close", "--period", "2024-10");
        Assert.Equal(1, closed.ExitCode);
        Assert.Contains($"2024-09 could not be adjusted to what came late: {problem} Mend that, then close the next period", closed.Output, StringComparison.Ordinal);
    }

    private static async Task<JsonElement> JsonAsync(HttpClient http, string address) =>
        JsonDocument.Parse(await http.GetStringAsync(new Uri(address, UriKind.Relative), Token)).RootElement;

    private static async Task AssertNothingIsNewAsync(TestStorage storage, params Period[] periods)
    {
        // What has a run's times is written once more; the rest is as it was.
        foreach (var period in periods)
        {
            await LateSample.CloseAsync(storage, period);
        }

        var before = await StorageSnapshot.ResultsAsync(storage);
        foreach (var period in periods)
        {
            await LateSample.CloseAsync(storage, period);
        }

        StorageSnapshot.AssertSame(before, await StorageSnapshot.ResultsAsync(storage));
    }

    private static async Task<ClientOutcome> OutcomeAsync(TestStorage storage, Period period, string clientId) => (await storage.Get<BillStore>().OutcomeAsync(period, clientId, Token))!;

    private static async Task<IReadOnlyList<Hold>> HoldsAsync(TestStorage storage, string clientId) =>
        [.. (await SampleRun.ListAsync<Hold>(storage)).Where(hold => hold.ClientId == clientId && hold.Reason == Reason.NotAdjusted)];

    private static async Task WriteAsync(TableClient table, TableEntity row, byte[] json)
    {
        row["Json"] = json;
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Token);
    }
}
