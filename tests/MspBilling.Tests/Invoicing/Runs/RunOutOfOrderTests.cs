using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>Periods that are closed in another order than they came, or that cannot be finished in theirs.</summary>
public sealed class RunOutOfOrderTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // September closed after October: billed as ever, but for a client whose balances October began from already.
    [Fact]
    public async Task Close_SeptemberAfterOctober_BillsEachMonthOnce()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);

        await LateSample.CloseAsync(storage, LateSample.October);
        await SampleRun.CloseAsync(storage);

        var expected = (await SampleRun.ListAsync<IssuedInvoice>(await azurite.ClosedSampleAsync())).ToDictionary(i => (i.ClientId, i.Currency), i => i.Total);
        var invoices = await SampleRun.ListAsync<IssuedInvoice>(storage);
        var quarantined = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.State == ClientState.Quarantined).ToDictionary(o => o.ClientId);
        Assert.NotEmpty(invoices);
        Assert.All(invoices, invoice => Assert.Equal(expected[(invoice.ClientId, invoice.Currency)], invoice.Total));
        Assert.All(quarantined.Values, outcome => Assert.Equal("2024-10 was billed already, from the balances that 2024-09 would change. Bill 2024-09 by hand.", outcome.Problem));
        Assert.Equal(expected.Keys.Select(key => key.ClientId).Distinct().Order(), invoices.Select(i => i.ClientId).Concat(quarantined.Keys).Distinct().Order());
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Once more in either order, nothing is new.
        var before = await StorageSnapshot.EverythingAsync(storage);
        await SampleRun.CloseAsync(storage);
        await LateSample.CloseAsync(storage, LateSample.October);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    // October's invoice has a number and an adjustment, and cannot be printed until November was closed: what came late is billed once.
    [Fact]
    public async Task Close_AdjustingInvoiceThatIsPrintedAfterALaterClose_AdjustsOnce()
    {
        List<string> expected;
        await using (var undisturbed = await azurite.CreateAsync())
        {
            var (changed, _, _) = await LateSample.SeptemberWithLateWorkAsync(undisturbed);
            await LateSample.CloseAsync(undisturbed, LateSample.October);
            await LateSample.CloseAsync(undisturbed, LateSample.November);
            expected = await LinesAsync(undisturbed, changed.Client);
        }

        var isBroken = false;
        string? broken = null;
        await using var storage = await azurite.CreateAsync(ToldRenderer.For(document => isBroken && document.BillTo.Name == broken ? throw new InvalidOperationException("no such font") : null));
        var (late, _, _) = await LateSample.SeptemberWithLateWorkAsync(storage);
        (isBroken, broken) = (true, (await SampleRun.ListAsync<ClientOutcome>(storage)).Single(o => o.ClientId == late.Client).ClientName);

        await LateSample.CloseAsync(storage, LateSample.October);
        isBroken = false;
        await LateSample.CloseAsync(storage, LateSample.November);
        await LateSample.CloseAsync(storage, LateSample.October);

        Assert.Equal(expected, await LinesAsync(storage, late.Client));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
        var before = await StorageSnapshot.EverythingAsync(storage);
        await LateSample.CloseAsync(storage, LateSample.October);
        await LateSample.CloseAsync(storage, LateSample.November);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    private static async Task<List<string>> LinesAsync(TestStorage storage, string clientId)
    {
        var lines = new List<string>();
        foreach (var period in new[] { LateSample.October, LateSample.November })
        {
            lines.AddRange((await LateSample.BillAsync(storage, period, clientId)).Invoices.SelectMany(invoice => invoice.Lines).Select(line => $"{period} {line.Description} {line.Net} {line.Explanation.Sentence}"));
        }

        Assert.Contains(lines, line => line.Contains("Adjustment of", StringComparison.Ordinal));
        return lines;
    }
}
