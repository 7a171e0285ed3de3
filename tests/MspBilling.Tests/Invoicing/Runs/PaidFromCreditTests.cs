using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Documents;
using MspBilling.App.Invoicing;
using MspBilling.Core;
using MspBilling.Core.Documents;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Documents.EInvoice;
using MspBilling.Tests.Storage;
using UglyToad.PdfPig;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>Clients of the sample have paid ahead; their drafts of September are approved.</summary>
public sealed class PaidFromCreditTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Issue_OfAClientThatPaidAhead_IsPaidAsTheDraftShowed()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var client = (await DraftedSample.WaitingAsync(storage)).First(outcome => outcome.Drafts![0].Currency == Currency.Of("EUR")).ClientId;
        await PayAheadAsync(storage, client, "TRN-1", 100);
        await PayAheadAsync(storage, client, "TRN-2", 23.45m);

        // The drafts are looked at again by a close.
        await SampleRun.CloseAsync(storage);
        var drafted = (await DraftedSample.WaitingAsync(storage)).Single(outcome => outcome.ClientId == client).Drafts![0];
        Assert.Equal([("TRN-1", 100m), ("TRN-2", 23.45m)], drafted.PaidAtIssue!.Select(share => (share.Reference, share.Amount.Amount)));
        await DraftedSample.ApproveAsync(storage, client);

        var invoice = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Single();
        Assert.Equal(drafted.PaidAtIssue, invoice.PaidAtIssue);
        Assert.Null(invoice.CreditChange);
        Assert.Equal((drafted.Total, drafted.Total.Amount - 123.45m, InvoiceState.PartPaid), (invoice.Total, invoice.Balance.Amount, invoice.State));
        var due = new DocumentFormat(DocumentLanguage.Of("en-IE")).Amount(invoice.Balance);
        using var pdf = PdfDocument.Open((await storage.Get<BillStore>().FindPdfAsync(invoice.Period, invoice.Number, Token))!);
        var text = string.Concat(pdf.GetPages().Select(page => page.Text));
        Assert.Contains("Paid from prepayment TRN-1", text, StringComparison.Ordinal);
        Assert.Contains(due, text, StringComparison.Ordinal);
        var (xml, _) = await storage.Get<EInvoiceReader>().ReadAsync(invoice, EInvoiceSyntax.Ubl, Token);
        var read = UblReading.Read(System.Xml.Linq.XDocument.Load(new MemoryStream(xml!)));
        Assert.Equal((123.45m, invoice.Balance.Amount), (ReadInvoice.AsNumber(read.Totals.Paid), ReadInvoice.AsNumber(read.Totals.Due)));
        // A credit note of it is an electronic document too.
        var (note, _) = await storage.Get<InvoiceCredits>().CreditAsync(invoice.Number, new CreditRequest(null, [new CreditedAmount(1, 1)], false, "Ann Lee", "goodwill"), Token);
        var (noteXml, _) = await storage.Get<EInvoiceReader>().ReadAsync(note!, EInvoiceSyntax.Ubl, Token);
        var credited = UblReading.Read(System.Xml.Linq.XDocument.Load(new MemoryStream(noteXml!)));
        Assert.Equal((note!.Number, (decimal?)note.Total.Amount), (credited.Number!, ReadInvoice.AsNumber(credited.Totals.Due)));
        Assert.Empty(CoreRules.All.Concat(VatRules.All).Where(rule => !rule.Holds(credited)).Select(rule => rule.Id));

        // Closed again, nothing is used again.
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
        var before = await StorageSnapshot.EverythingAsync(storage);
        await SampleRun.CloseAsync(storage);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
        Assert.Empty(await storage.Get<LedgerStore>().MarkedAsync(Token));

        // A payment that the bank took back in the very moment of the issue: a close that goes on brings the invoice's row up to it.
        var (stale, _) = await storage.Get<CreditNoteStore>().InvoiceAsync(invoice, Token);
        await storage.Get<ClientAccounts>().ReverseAsync(client, "TRN-1", null, "Ann Lee", "returned", Token);
        Assert.True(await storage.Get<CreditNoteStore>().UpdateAsync(stale, Azure.ETag.All, Token));
        await SampleRun.CloseAsync(storage);
        Assert.Equal(stale.Balance.Amount + 100, (await storage.Get<StoredInvoices>().FindAsync(invoice.Number, Token))!.Balance.Amount);
    }

    [Fact]
    public async Task Issue_WhereTheCreditMovedSinceTheDraft_SaysWhyItIsOtherwise()
    {
        await using var storage = await DraftedSample.ImportAsync(azurite);
        var client = (await storage.Get<App.Rating.StoredClients>().FindAsync("Corrib", Token))[0];
        await PayAheadAsync(storage, client, "TRN-1", 100);
        await SampleRun.CloseAsync(storage);
        await storage.Get<ClientAccounts>().ReverseAsync(client, "TRN-1", null, "Ann Lee", "returned by the bank", Token);
        await DraftedSample.ApproveAsync(storage, client);

        var invoice = (await SampleRun.ListAsync<IssuedInvoice>(storage))[0];
        Assert.Equal((null, invoice.Total), (invoice.PaidAtIssue, invoice.Balance));
        Assert.Contains("100.00 EUR of TRN-1 became 0.00 EUR, because Ann Lee reversed it on", invoice.CreditChange, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Issue_WhereCreditIsUsedByHand_LeavesItAndADepositPaysItsAgreementAlone()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month.Select(file => file.Name == "msp-settings.json" ? DraftedSample.With(file, "accounts", """{"credit":"byHand"}""") : file));
        var client = (await storage.Get<App.Rating.StoredClients>().FindAsync("Corrib", Token))[0];
        await PayAheadAsync(storage, client, "TRN-1", 100);
        await SampleRun.CloseAsync(storage);

        var invoice = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Single(each => each.ClientId == client);
        Assert.Equal((null, invoice.Total), (invoice.PaidAtIssue, invoice.Balance));

        var draft = (await storage.Get<StoredInvoices>().WholeAsync(invoice, Token)).Draft;
        var agreement = draft.Lines[^1].AgreementId;
        var billed = draft.Lines.Zip(draft.LineTaxes).Where(line => line.First.AgreementId == agreement).Sum(line => line.Second.Net.Amount + line.Second.Tax.Amount);
        await PayAheadAsync(storage, client, "TRN-2", billed + 1000, agreement: agreement);
        Assert.Contains("has no agreement none", (await storage.Get<ClientAccounts>().PayAsync(client, Ahead("TRN-3", 1, invoice.Currency) with { Agreement = "none" }, Token)).Refusal!.Because, StringComparison.Ordinal);
        var (use, _) = await storage.Get<ClientAccounts>().UseCreditAsync(client, invoice.Currency, null, "use", "Ann Lee", "agreed", Token);

        Assert.Equal(("TRN-2", billed), (use!.Draws[0].Credit, use.Draws[0].Amount.Amount));
        Assert.Equal(Math.Min(100, invoice.Total.Amount - billed), use.Draws.Skip(1).Sum(draw => draw.Amount.Amount));
    }

    // The process ends between two requests to the storage, and the drafts are approved again.
    [Fact]
    public async Task Issue_ProcessEndsBetweenTwoRequests_UsesTheCreditOnce()
    {
        await using var storage = await DraftedSample.CloseAsync(azurite);
        var client = (await DraftedSample.WaitingAsync(storage))[0];

        // More than the invoice comes to, so that it could be used twice.
        await PayAheadAsync(storage, client.ClientId, "TRN-1", (client.Drafts![0].Total.Amount * 2) + 50, client.Drafts[0].Currency);
        var start = await StorageState.TakeAsync(storage);
        var all = new StorageRequests();
        await using (var counted = Cut(storage, all))
            await DraftedSample.ApproveAsync(counted, client.ClientId);
        var expected = await PaidAsync(storage);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");

        // Halving closes in on the last request before the invoice: there the use is written, and the invoice is not.
        var (low, high, wasBetween) = (0, all.Count - 1, false);
        while (low < high)
        {
            await start.RestoreAsync();
            var requests = new StorageRequests { Most = (low + high + 1) / 2 };
            await using (var cut = Cut(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => DraftedSample.ApproveAsync(cut, client.ClientId));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            var isIssued = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Count > 0;
            wasBetween |= !isIssued && (await storage.Get<LedgerStore>().ReadAsync(client.ClientId, Token)).Ledger.Entries.Count == 2;
            (low, high) = isIssued ? (low, requests.Most - 1) : (requests.Most, high);
            await new LedgerTimer(storage.Get<LedgerStore>(), storage.Get<LedgerPosting>()).RunAsync(Token);
            await DraftedSample.ApproveAsync(storage, client.ClientId);
            await new LedgerTimer(storage.Get<LedgerStore>(), storage.Get<LedgerPosting>()).RunAsync(Token);
            Assert.Equal(expected, await PaidAsync(storage));
            Assert.Empty(await storage.Get<LedgerStore>().MarkedAsync(Token));
        }

        Assert.True(wasBetween);
    }

    private static async Task PayAheadAsync(TestStorage storage, string client, string id, decimal amount, Currency? currency = null, string? agreement = null) =>
        Assert.Null((await storage.Get<ClientAccounts>().PayAsync(client, Ahead(id, amount, currency ?? Currency.Of("EUR")) with { Agreement = agreement }, Token)).Refusal);

    private static PaymentRequest Ahead(string id, decimal amount, Currency currency) => new(id, new Money(amount, currency), new DateOnly(2024, 9, 2), id, null, true, null, "Ann Lee");

    private static async Task<string> PaidAsync(TestStorage storage)
    {
        var invoice = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Single();
        var (ledger, posted) = await storage.Get<LedgerStore>().ReadAsync(invoice.ClientId, Token);
        return $"{invoice.Number} {invoice.Total} {invoice.Balance} {invoice.PdfHash} {string.Join(", ", invoice.PaidAtIssue!)} {invoice.Entries} {posted} {string.Join(", ", ledger.Entries.Select(entry => entry.Id))}";
    }

    private TestStorage Cut(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };
}
