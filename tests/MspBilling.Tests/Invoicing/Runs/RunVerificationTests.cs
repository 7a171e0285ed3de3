using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>What was damaged by hand is found, named, and no reason to stop looking.</summary>
public sealed class RunVerificationTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // One storage, damaged in one way after another, each mended before the next.
    [Fact]
    public async Task Verification_DamagedStorage_NamesEachDamage()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        var billing = storage.Get<BillingStorage>();
        var invoices = (await SampleRun.ListAsync<IssuedInvoice>(storage)).OrderBy(i => i.Number, StringComparer.Ordinal).ToList();
        var one = invoices[2];

        var pdf = billing.Documents.GetBlobClient(Keys.PdfBlob(one.Period, one.Number));
        await DamagedAsync(pdf, content => { content[^20] ^= 1; return content; }, () => AssertFoundAsync(storage, one.Number, "document"));
        await DamagedAsync(pdf, _ => null, async () =>
        {
            await AssertFoundAsync(storage, one.Number, "document");
            var request = new DefaultHttpContext { RequestServices = storage.Services }.Request;
            request.RouteValues["number"] = one.Number;
            var answer = Assert.IsType<ProblemHttpResult>(await storage.Get<InvoiceEndpoints>().PdfAsync(request, Token));
            Assert.Equal((404, $"The document of {one.Number} is not in the storage any more. Restore it from a backup; the command verify names all that are missing."), (answer.StatusCode, answer.ProblemDetails.Detail));
        });

        var bill = billing.BillBlobs.GetBlobClient(Keys.BillBlob(one.Period, one.ClientId, one.BillHash));
        await DamagedAsync(bill, content => Replaced(content, "\"quantity\":", "\"quantity\":1"), () => AssertFoundAsync(storage, null, "bill"));
        await DamagedAsync(bill, content => content[..100], () => AssertFoundAsync(storage, null, "bill"));
        await DamagedAsync(bill, _ => null, () => AssertFoundAsync(storage, null, "bill"));

        var payload = (await storage.Get<RawPayloadStore>().ListAsync(Token)).Single(i => i.FileName == "time-entries.json");
        var raw = billing.RawPayloads.GetBlobClient(payload.Hash);
        await DamagedAsync(raw, _ => null, () => AssertFoundAsync(storage, null, "time-entries.json"));
        await DamagedAsync(raw, content => Replaced(content, "\"actualHours\":", "\"actualHours\":1"), () => AssertFoundAsync(storage, null, "time-entries.json"));

        // A number that nobody has: the first, one in between, and the last.
        foreach (var missing in new[] { invoices[0], invoices[4], invoices[^1] })
        {
            var key = ("invoices", Keys.AssignmentRow(NumberedDocument.Invoice, missing.Period, missing.ClientId, missing.Currency, null));
            var row = (await billing.Numbers.GetEntityAsync<Azure.Data.Tables.TableEntity>(key.Item1, key.Item2, cancellationToken: Token)).Value;
            await billing.Numbers.DeleteEntityAsync(key.Item1, key.Item2, cancellationToken: Token);
            await AssertFoundAsync(storage, missing.Number, "number");
            await billing.Numbers.AddEntityAsync(row, Token);
        }

        // An invoice that is gone.
        var invoice = (await billing.Bills.GetEntityAsync<Azure.Data.Tables.TableEntity>("2024-09", Keys.InvoiceRow(one.ClientId, one.Currency, null), cancellationToken: Token)).Value;
        await billing.Bills.DeleteEntityAsync(invoice.PartitionKey, invoice.RowKey, cancellationToken: Token);
        await AssertFoundAsync(storage, one.Number, "no invoice carries it");
        await billing.Bills.AddEntityAsync(invoice, Token);

        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    // What an adjustment was compared with, what priced it, what a bill started from and what it adjusts.
    [Fact]
    public async Task Verification_DamagedAdjustment_NamesEachDamage()
    {
        await using var storage = await azurite.CreateAsync();
        var (late, _, _) = await LateSample.SeptemberWithLateWorkAsync(storage);
        await LateSample.CloseAsync(storage, LateSample.October);
        var (billing, bills) = (storage.Get<BillingStorage>(), storage.Get<BillStore>());
        var september = (await bills.OutcomeAsync(SampleRun.September, late.Client, Token))!;
        var october = (await bills.OutcomeAsync(LateSample.October, late.Client, Token))!;
        var bill = await LateSample.BillAsync(storage, LateSample.October, late.Client);
        var references = (await LateSample.BillAsync(storage, SampleRun.September, late.Client)).References!;

        await DamagedAsync(
            billing.BillBlobs.GetBlobClient(Keys.BillBlob(SampleRun.September, late.Client, september.BillHash)), _ => null,
            () => AssertFoundAsync(storage, null, "The bill that the adjustment of 2024-09 was compared with is missing."));
        var kept = billing.BillBlobs.GetBlobClient(Keys.ReferencesBlob(references));
        const string lost = "The reference records that 2024-09 was billed with are missing or were changed.";
        await DamagedAsync(kept, _ => null, () => AssertFoundAsync(storage, null, lost));
        await DamagedAsync(kept, content => Replaced(content, "Approved", "Approve"), () => AssertFoundAsync(storage, null, lost));

        // A bill under its own name, that the outcome points to: only computing it again can tell.
        var others = new CarriedState([], [new RunningTotal(new CarriedKey("101", "time", "month"), 1, Core.Time.Period.NoEnd)]);
        const string balances = "It does not start from the balances that the client's bill before it left.";
        await OtherwiseAsync(bill with { CarriedIn = others }, balances);
        await OtherwiseAsync(bill with { Invoices = [.. bill.Invoices.Select(i => i with { Lines = [.. i.Lines.Where(line => line.Adjusts is null)] })] }, "computed again it comes to");
        await OtherwiseAsync(bill with { Adjusted = [] }, "computed again it comes to");

        // What September left.
        await bills.WriteOutcomeAsync(september with { Carried = others }, [], [], Token);
        await AssertFoundAsync(storage, null, balances);
        await bills.WriteOutcomeAsync((await bills.OutcomeAsync(SampleRun.September, late.Client, Token))! with { Carried = september.Carried }, [], [], Token);

        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        async Task OtherwiseAsync(ClientBill changed, string what)
        {
            await bills.WriteOutcomeAsync(october with { BillHash = await bills.PutBillAsync(changed, Token) }, [], [], Token);
            await AssertFoundAsync(storage, null, what);
            await bills.WriteOutcomeAsync(october, [], [], Token);
        }
    }

    private static async Task AssertFoundAsync(TestStorage storage, string? number, string what)
    {
        var report = await storage.Get<InvoiceVerification>().RunAsync(Token);
        Assert.Contains(report.Differences, d => (number is null || d.Invoice == number) && d.What.Contains(what, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task DamagedAsync(BlobClient blob, Func<byte[], byte[]?> damage, Func<Task> check)
    {
        var content = (await blob.DownloadContentAsync(Token)).Value.Content.ToArray();
        if (damage([.. content]) is { } damaged)
            await blob.UploadAsync(BinaryData.FromBytes(damaged), overwrite: true, Token);
        else
            await blob.DeleteAsync(cancellationToken: Token);
        await check();
        await blob.UploadAsync(BinaryData.FromBytes(content), overwrite: true, Token);
    }

    private static byte[] Replaced(byte[] content, string old, string with)
    {
        var text = System.Text.Encoding.UTF8.GetString(content);
        Assert.Contains(old, text, StringComparison.Ordinal);
        var at = text.IndexOf(old, StringComparison.Ordinal);
        return System.Text.Encoding.UTF8.GetBytes(text[..at] + with + text[(at + old.Length)..]);
    }
}
