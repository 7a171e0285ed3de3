using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Cloud usage that was invoiced and is restated by a later export: the difference stands on the next invoice, and what was billed can still be computed again.</summary>
public sealed class RestatedAfterInvoiceTests(AzuriteFixture azurite)
{
    private const string Client = "cw-250";
    private const string Agreement = """
        { "id": "atlas-cloud", "client": "ATLAS", "name": "Cloud", "currency": "USD", "versions": [ { "from": "2024-01-01", "lines": [
          { "kind": "usage", "id": "azure", "service": "Cloud", "description": "Azure", "pricing": { "model": "markup", "percent": 15 } } ] } ] }
        """;

    private static readonly Period October = Period.Month(2024, 10);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Close_InvoicedUsageThatWasRestated_IsAdjustedOnTheNextInvoice()
    {
        await using var storage = await azurite.CreateAsync();
        var settings = ImportFiles.Settings.Replace("\"provider\": \"AWS\", \"subAccountId\": \"11353890204\"", "\"provider\": \"Microsoft\", \"subAccountId\": \"/subscriptions/1f0c\"", StringComparison.Ordinal);
        settings = settings.Replace("\"logoPng\": \"iVBORw0KGgoAAAANSUhEUg==\", ", "", StringComparison.Ordinal);
        foreach (var (name, text) in new[] { ("msp-settings.json", settings), ("company-companies.json", """[{"id":250,"identifier":"ATLAS","name":"Atlas","types":[{"id":1,"name":"Client"}],"taxCode":{"id":1,"name":"IE-VAT"}}]"""), ("agreements.json", Agreement) })
            Assert.Empty((await storage.ImportAsync(name, Encoding.UTF8.GetBytes(text))).Problems);

        // 100 + 50 + 10 = 160.00, and 15 %: 184.00.
        await ImportAsync(storage, "2024-10-01T06:00:00Z", "2024-09", Row(5, "A", 100), Row(6, "A", 50), Row(7, "B", 10));
        await storage.Get<BillingRunner>().Start(ExportedUsage.September).Task;
        var september = await InvoiceAsync(storage, ExportedUsage.September);
        Assert.Equal(184.00m, september.Draft.Net.Amount);

        // Restated to 80 + 50 + 20, without B: 150.00 and 15 % are 172.50. October's own: 200.00 and 15 % are 230.00.
        await ImportAsync(storage, "2024-10-05T06:00:00Z", "2024-09", Row(5, "A", 80), Row(6, "A", 50), Row(7, "C", 20));
        await ImportAsync(storage, "2024-11-01T06:00:00Z", "2024-10", UsageFiles.Focus("/subscriptions/1f0c", 3, "A", 1, 200, provider: "Microsoft", month: 10));
        await storage.Get<BillingRunner>().Start(October).Task;
        var october = await InvoiceAsync(storage, October);

        // 230.00 + 172.50 - 184.00 = 218.50.
        Assert.Equal(218.50m, october.Draft.Net.Amount);
        var adjusting = october.Draft.Lines.Where(line => line.Adjusts is not null).ToList();
        Assert.Equal(-184.00m, adjusting.Where(line => line.Amount.Amount < 0).Sum(line => line.Amount.Amount));
        Assert.Equal(172.50m, adjusting.Where(line => line.Amount.Amount > 0).Sum(line => line.Amount.Amount));
        Assert.All(adjusting, line => Assert.Equal(ExportedUsage.September, line.Adjusts!.Period));
        Assert.Equal(september.Number, Assert.Single(adjusting.Select(line => line.Adjusts!.Number).Distinct()));
        var now = october.Bill.Adjusted.Single(adjusted => adjusted.Now.Period == ExportedUsage.September).Now;
        var withdrawn = Assert.Single(now.Dispositions, disposition => disposition.Reason == Reason.Withdrawn);
        Assert.Equal((DispositionKind.NonBillable, 10m), (withdrawn.Kind, withdrawn.Quantity.Cost));

        Assert.Equal(september.Draft, (await InvoiceAsync(storage, ExportedUsage.September)).Draft);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Closed again, and the exports imported again, nothing is new.
        var before = await StorageSnapshot.EverythingAsync(storage);
        await ImportAsync(storage, "2024-10-01T06:00:00Z", "2024-09", Row(5, "A", 100), Row(6, "A", 50), Row(7, "B", 10));
        await storage.Get<BillingRunner>().Start(October).Task;
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    private static string Row(int day, string sku, decimal cost) => UsageFiles.Focus("/subscriptions/1f0c", day, sku, 1, cost, provider: "Microsoft");

    private static async Task ImportAsync(TestStorage storage, string runAt, string month, params string[] rows)
    {
        var manifest = UsageFiles.Manifest(runAt, month + "-01", month + "-30", ["part_0_0001.csv.gz"]);
        var report = await storage.ImportAsync("export.zip", UsageFiles.Zip([(UsageFile.ManifestName, manifest.Bytes()), ("part_0_0001.csv.gz", UsageFiles.Gzip(UsageFiles.Csv(rows)))]));
        Assert.NotEqual(ImportState.Refused, report.State);
    }

    private static async Task<(string Number, InvoiceDraft Draft, ClientBill Bill)> InvoiceAsync(TestStorage storage, Period period)
    {
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(period, Client, Token))!;
        var bill = await storage.Get<BillStore>().GetBillAsync(period, Client, outcome.BillHash, Token);
        Assert.Null(bill.Problem);
        Assert.Equal([], bill.Dispositions.Where(disposition => disposition.Kind == DispositionKind.Held));
        var invoice = Assert.Single(await storage.Get<BillStore>().ListAsync<IssuedInvoice>(period, Token), invoice => invoice.ClientId == Client);
        return (invoice.Number, Assert.Single(bill.Invoices), bill);
    }
}
