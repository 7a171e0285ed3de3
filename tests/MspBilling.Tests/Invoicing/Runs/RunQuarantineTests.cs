using System.Text;
using System.Text.Json.Nodes;
using Azure;
using Azure.Data.Tables;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>One client's bad data stops that client, and nobody else.</summary>
public sealed class RunQuarantineTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Its number stays its own: printed at last, the month is the month that it would have been.
    [Fact]
    public async Task Close_InvoiceThatCannotBePrinted_StopsThatClientAndIsIssuedLater()
    {
        var isBroken = true;
        await using var storage = await azurite.CreateAsync(ToldRenderer.For(
            document => isBroken && document.BillTo.Name.StartsWith("Liffey", StringComparison.Ordinal) ? throw new InvalidOperationException("no such font") : null));
        await SampleRun.ImportAsync(storage, SampleRun.Month);

        await SampleRun.CloseAsync(storage);

        Assert.Equal(11, (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count);
        var outcome = Assert.Single(await SampleRun.ListAsync<ClientOutcome>(storage), o => o.State == ClientState.Quarantined);
        Assert.Equal("The invoice could not be printed: no such font", outcome.Problem);

        isBroken = false;
        await SampleRun.CloseAsync(storage);
        await SampleRun.BookAsync(storage);
        StorageSnapshot.AssertSame(Issued(await StorageSnapshot.ResultsAsync(await azurite.ClosedSampleAsync())), Issued(await StorageSnapshot.ResultsAsync(storage)));
    }

    // The bill of the quarantine stays as a blob that no row points to any more.
    private static SortedDictionary<string, string> Issued(SortedDictionary<string, string> results) =>
        new(results.Where(r => !r.Key.StartsWith("-bills:", StringComparison.Ordinal)).ToDictionary(), StringComparer.Ordinal);

    // A storage that lacks a table is no client's fault: the run says so, and goes on when that is mended.
    [Fact]
    public async Task Close_ThatFailsAsAWhole_SaysWhyAndGoesOnLater()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        var table = new TableClient(azurite.ConnectionString, storage.Prefix + "numbers");
        await table.DeleteAsync(TestContext.Current.CancellationToken);

        await Assert.ThrowsAnyAsync<Exception>(() => SampleRun.CloseAsync(storage));
        var failed = await storage.Get<RunStore>().FindAsync(SampleRun.September, TestContext.Current.CancellationToken);
        Assert.Equal((RunState.Failed, true), (failed!.State, failed.Problem?.Length > 0));

        await table.CreateAsync(TestContext.Current.CancellationToken);
        await SampleRun.CloseAsync(storage);
        var run = await storage.Get<RunStore>().FindAsync(SampleRun.September, TestContext.Current.CancellationToken);
        Assert.Equal((RunState.Finished, null), (run!.State, run.Problem));
        Assert.Equal(12, (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count);
    }

    [Fact]
    public async Task Close_CompanyInAnUnknownCurrency_IsQuarantinedAndMendedByImportingItAgain()
    {
        await using var storage = await azurite.CreateAsync();
        var expected = await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync());
        var clientId = expected[0].ClientId;
        var companies = SampleRun.Edited("company-companies.json", records =>
        {
            var company = records.Numbered(long.Parse(clientId[3..], System.Globalization.CultureInfo.InvariantCulture));
            company["currency"] = new JsonObject { ["id"] = 99, ["name"] = "Doubloons" };
            company["_info"]!["lastUpdated"] = "2020-01-01T00:00:00Z";
        });
        await SampleRun.ImportAsync(storage, SampleRun.Month.Select(file => file.Name == companies.Name ? companies : file));

        await SampleRun.CloseAsync(storage);

        var outcome = (await SampleRun.ListAsync<ClientOutcome>(storage)).Single(o => o.ClientId == clientId);
        Assert.Equal(ClientState.Quarantined, outcome.State);
        Assert.Contains("Doubloons", outcome.Problem, StringComparison.Ordinal);
        var invoices = await SampleRun.ListAsync<IssuedInvoice>(storage);
        Assert.Equal(Amounts(expected.Where(i => i.ClientId != clientId)), Amounts(invoices));
        Assert.Equal(await SampleRun.CapturedAsync(await azurite.ClosedSampleAsync(), o => o.ClientId != clientId), await SampleRun.CapturedAsync(storage, o => o.ClientId != clientId));
        Assert.Contains(await SampleRun.ListAsync<Hold>(storage), h => h.ClientId == clientId && h.Reason.Code == "quarantined-client");

        // The company as it should be: its invoices follow, with the next numbers, and its holds are gone.
        await SampleRun.ImportAsync(storage, [SampleRun.File(companies.Name)]);
        await SampleRun.CloseAsync(storage);

        Assert.Equal(Amounts(expected), Amounts(await SampleRun.ListAsync<IssuedInvoice>(storage)));
        Assert.DoesNotContain(await SampleRun.ListAsync<Hold>(storage), h => h.Reason.Code == "quarantined-client");
        Assert.Equal(await SampleRun.CapturedAsync(await azurite.ClosedSampleAsync()), await SampleRun.CapturedAsync(storage));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Theory]
    [InlineData("{\"$type\":\"unheard-of\"}")]
    [InlineData("null")]
    public async Task Close_ActivityRowThatCannotBeRead_QuarantinesItsClientUntilItIsMended(string broken)
    {
        await using var storage = await azurite.CreateAsync();
        var expected = await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync());
        var clientId = expected[0].ClientId;
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        var table = storage.Get<BillingStorage>().Activities;
        var row = (await StorageSnapshot.RowsAsync(table)).First(r => r.PartitionKey == Keys.ActivityPartition(clientId, SampleRun.September));
        var good = row.GetBinary("Json");
        row["Json"] = Encoding.UTF8.GetBytes(broken);
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Token);

        await SampleRun.CloseAsync(storage);

        var outcome = (await SampleRun.ListAsync<ClientOutcome>(storage)).Single(o => o.ClientId == clientId);
        Assert.Equal(ClientState.Quarantined, outcome.State);
        Assert.Contains(row.RowKey, outcome.Problem, StringComparison.Ordinal);
        Assert.Equal(Amounts(expected.Where(i => i.ClientId != clientId)), Amounts(await SampleRun.ListAsync<IssuedInvoice>(storage)));

        row["Json"] = good;
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Token);
        await SampleRun.CloseAsync(storage);
        Assert.Equal(Amounts(expected), Amounts(await SampleRun.ListAsync<IssuedInvoice>(storage)));

        // Broken after it was invoiced, it is said, and changes nothing else.
        var before = await StorageSnapshot.ResultsAsync(storage);
        row["Json"] = Encoding.UTF8.GetBytes(broken);
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Token);
        await SampleRun.CloseAsync(storage);
        var unadjusted = Assert.Single((await SampleRun.ListAsync<ClientOutcome>(storage)).Single(o => o.ClientId == clientId).NotAdjusted!);
        Assert.Equal((SampleRun.September, true), (unadjusted.Period, unadjusted.Problem.Contains(row.RowKey, StringComparison.Ordinal)));
        row["Json"] = good;
        await table.UpdateEntityAsync(row, ETag.All, TableUpdateMode.Replace, Token);
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.ResultsAsync(storage));
    }

    private static IEnumerable<string> Amounts(IEnumerable<IssuedInvoice> invoices) =>
        invoices.Select(i => $"{i.ClientId} {i.Net} {i.Tax} {i.Total}").Order(StringComparer.Ordinal);
}
