using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Accounting;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>The sample month, closed and left alone.</summary>
public sealed class RunConservationTests(AzuriteFixture azurite)
{
    private static readonly Dictionary<string, string> ZonesByIdentifier =
        SampleRun.Parse([SampleRun.File("msp-settings.json")]).OfType<MspSettings>().Single().Clients.Where(c => c.TimeZone is not null).ToDictionary(c => c.Identifier, c => c.TimeZone!);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Counted from the files alone: what is September's, in each client's own days.
    [Fact]
    public async Task Close_SampleMonth_EverythingCapturedHasItsDisposition()
    {
        var storage = await azurite.ClosedSampleAsync();
        var captured = SampleRun.Parse(SampleRun.Month).OfType<Activity>().Where(IsOfSeptember).ToDictionary(a => a.Id, a => a.Captured);

        var accounted = new Dictionary<RecordId, CapturedQuantity>();
        foreach (var outcome in await SampleRun.ListAsync<ClientOutcome>(storage))
        {
            var bill = await storage.Get<BillStore>().GetBillAsync(SampleRun.September, outcome.ClientId, outcome.BillHash, Token);
            foreach (var disposition in bill.Dispositions)
                accounted[disposition.Activity] = accounted.GetValueOrDefault(disposition.Activity) + disposition.Quantity;
            Assert.Equal(bill.Dispositions.Sum(d => d.Quantity.Hours), outcome.Totals.Sum(t => t.Hours));
            Assert.Equal(bill.Dispositions.Sum(d => d.Quantity.Units), outcome.Totals.Sum(t => t.Units));
            Assert.Equal(bill.Dispositions.Count, outcome.Totals.Sum(t => t.Activities));
        }

        Assert.True(captured.Count > 1000);
        Assert.Empty(captured.Keys.Except(accounted.Keys));
        Assert.Empty(accounted.Keys.Except(captured.Keys));
        Assert.All(captured, activity => Assert.Equal(activity.Value, accounted[activity.Key]));
        Assert.Equal(captured.Values.Aggregate((sum, each) => sum + each), accounted.Values.Aggregate((sum, each) => sum + each));
    }

    [Fact]
    public async Task Close_SampleMonth_InvoicesAddUpAndAreNumberedWithoutGap()
    {
        var storage = await azurite.ClosedSampleAsync();
        var invoices = await SampleRun.ListAsync<IssuedInvoice>(storage);
        var numbers = await storage.Get<NumberStore>().AssignmentsAsync(NumberedDocument.Invoice, SampleRun.September, Token);

        Assert.True(invoices.Count >= 10);
        Assert.Equal(invoices.Select(i => i.Number).Order(StringComparer.Ordinal), numbers.Select(n => n.Number));
        Assert.Equal(Enumerable.Range((int)numbers[0].Ordinal, numbers.Count).Select(n => (long)n), numbers.Select(n => n.Ordinal));
        foreach (var invoice in invoices)
        {
            var draft = (await storage.Get<BillStore>().GetBillAsync(invoice.Period, invoice.ClientId, invoice.BillHash, Token)).DraftOf(invoice.Currency, invoice.Part)!;
            Assert.Equal(draft.Lines.Sum(l => l.Amount.Amount - l.Discount.Amount) + draft.Taxes.Sum(t => t.Tax.Amount), invoice.Total.Amount);
            Assert.Equal(invoice.Net.Amount, invoice.Services.Sum(s => s.Net.Amount));
        }
    }

    [Fact]
    public async Task Close_SampleMonth_BooksEachInvoiceOnceInEachSystem()
    {
        var storage = await azurite.ClosedSampleAsync();
        var numbers = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Select(i => i.Number).Order(StringComparer.Ordinal).ToList();
        var entries = await SampleRun.ListAsync<OutboxEntry>(storage);

        Assert.Equal(numbers, entries.Select(e => e.Number).Order(StringComparer.Ordinal));
        Assert.All(entries, entry => Assert.Equal(SyncState.Confirmed, entry.State));
        foreach (var system in new[] { "quickbooks", "xero" })
        {
            Assert.Equal(
                numbers.Select(number => $"{system}/2024-09/{number}.csv"),
                (await storage.Get<AccountingFileStore>().ListAsync(system, SampleRun.September, Token)).Keys);
        }
    }

    [Fact]
    public async Task Verification_ClosedSampleMonth_FindsNoDifference()
    {
        var storage = await azurite.ClosedSampleAsync();

        var report = await storage.Get<InvoiceVerification>().RunAsync(Token);

        Assert.Empty(report.Differences);
        Assert.Equal((await SampleRun.ListAsync<ClientOutcome>(storage)).Count, report.Bills);
        Assert.Equal((await SampleRun.ListAsync<IssuedInvoice>(storage)).Count, report.Invoices);
        Assert.Equal(SampleRun.Month.Count, report.Payloads);
    }

    private static bool IsOfSeptember(Activity activity) => activity switch
    {
        TimeEntry time => Contains(DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.Start, ZoneOf(time.CompanyId)).Date)),
        UsageRecord usage => Contains(usage.Day),
        Addition addition => addition.InForce.Start < SampleRun.September.End && addition.InForce.End > SampleRun.September.Start,
        Device device => device.InstalledOn is not { } day || day < SampleRun.September.End,
        Milestone milestone => milestone.CompletedOn is { } day && Contains(day),
        _ => throw new InvalidOperationException($"{activity.Id} is counted nowhere."),
    };

    private static bool Contains(DateOnly day) => day >= SampleRun.September.Start && day < SampleRun.September.End;

    private static TimeZoneInfo ZoneOf(string companyId)
    {
        var company = Companies.SingleOrDefault(c => c.Id.ExternalId == companyId);
        return company is null ? TimeZoneInfo.Utc : TimeZoneInfo.FindSystemTimeZoneById(ZonesByIdentifier.GetValueOrDefault(company.Identifier, "Europe/Dublin"));
    }

    private static List<Company> Companies { get; } = [.. SampleRun.Parse([SampleRun.File("company-companies.json")]).OfType<Company>()];
}
