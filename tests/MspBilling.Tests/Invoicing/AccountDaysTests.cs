using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.App.Reports;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Local.Sample;
using MspBilling.Tests.Capture.PartnerCenter;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>The sample's September is issued, nobody pays, and days pass; late fees of 40.00 EUR and 1 % a month are charged from October on.</summary>
public sealed class AccountDaysTests(AzuriteFixture azurite)
{
    private readonly StandingClock _clock = new(new DateTimeOffset(2024, 10, 12, 12, 0, 0, TimeSpan.Zero));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Run_DayByDay_ChargesLateFeesAndTakesExpiredCreditOnce()
    {
        await using var storage = await ClosedAsync();
        var days = storage.Get<AccountDays>();
        var overdue = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Where(invoice => invoice.Currency == Currency.Of("EUR")).OrderBy(invoice => invoice.Number, StringComparer.Ordinal).First();
        var ahead = new PaymentRequest("ahead", new Money(50, overdue.Currency), new DateOnly(2024, 10, 5), null, null, true, new DateOnly(2024, 10, 31), "Ann Lee");
        Assert.Null((await storage.Get<ClientAccounts>().PayAsync(overdue.ClientId, ahead, Token)).Refusal);
        Assert.Empty(await days.RunAsync(Token));

        _clock.Now = new DateTimeOffset(2025, 1, 10, 12, 0, 0, TimeSpan.Zero);
        var written = await days.RunAsync(Token);

        var mine = written.Where(each => each.ClientId == overdue.ClientId).Select(each => each.Entry).ToList();
        Assert.Equal(new DateOnly(2024, 11, 1), Assert.Single(mine.OfType<CreditExpiry>()).Date);
        var fees = mine.OfType<LateFeeCharge>().Where(fee => fee.Invoice == overdue.Number).ToList();
        Assert.Equal(LateFeeCharges.Of(overdue, new ClientLedger([]), new DateOnly(2024, 10, 1), new DateOnly(2025, 1, 9), _clock.Now).Select(fee => (fee.Id, fee.Amount)), fees.Select(fee => (fee.Id, fee.Amount)));
        Assert.True(fees.Count > 1);
        var charged = (await storage.Get<StoredInvoices>().FindAsync(overdue.Number, Token))!;
        Assert.Equal((overdue.Total.Amount + fees.Sum(fee => fee.Amount.Amount), InvoiceState.Issued), (charged.Balance.Amount, charged.State));

        Assert.Empty(await days.RunAsync(Token));
        Assert.Empty(await storage.Get<LedgerStore>().MarkedAsync(Token));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Waived: nothing of it is open, and nothing is charged any more.
        Assert.Null((await storage.Get<ClientAccounts>().WaiveLateFeesAsync(overdue.Number, null, "Ann Lee", "goodwill", Token)).Refusal);
        Assert.Equal(overdue.Total, (await storage.Get<StoredInvoices>().FindAsync(overdue.Number, Token))!.Balance);
        _clock.Now = new DateTimeOffset(2025, 3, 10, 12, 0, 0, TimeSpan.Zero);
        Assert.DoesNotContain(await days.RunAsync(Token), each => each.Entry is LateFeeCharge fee && fee.Invoice == overdue.Number);

        // The report of a past day has what was open on that day: the invoice and the fee that was waived later.
        var report = await storage.Get<ReportReader>().ReceivablesAsync(new DateOnly(2024, 10, 31), overdue.ClientId, Token);
        Assert.Equal(overdue.Total + new Money(40, overdue.Currency), report.Rows.Single(row => row.Currency == overdue.Currency).Total);
    }

    [Fact]
    public async Task Run_ProcessEndsBetweenTwoRequests_EndsInTheSame()
    {
        await using var storage = await ClosedAsync();
        _clock.Now = new DateTimeOffset(2024, 12, 10, 12, 0, 0, TimeSpan.Zero);
        var start = await StorageState.TakeAsync(storage);
        var all = new StorageRequests();
        await using (var counted = Cut(storage, all))
            Assert.NotEmpty(await counted.Get<AccountDays>().RunAsync(Token));
        var expected = await StorageSnapshot.ResultsAsync(storage);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");

        foreach (var most in all.Cuts(3))
        {
            await start.RestoreAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Cut(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.Get<AccountDays>().RunAsync(Token));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await storage.Get<LedgerTimer>().RunAsync(Token);
            await storage.Get<AccountDays>().RunAsync(Token);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
        }
    }

    private async Task<TestStorage> ClosedAsync()
    {
        var storage = await azurite.CreateAsync(Clock);
        await SampleRun.ImportAsync(storage, SampleRun.Month.Select(file => file.Name == "msp-settings.json" ? Charging(file) : file));
        await SampleRun.CloseAsync(storage);
        return storage;
    }

    private static SampleFile Charging(SampleFile settings)
    {
        var json = JsonNode.Parse(settings.Content)!.AsObject();
        json["accounts"] = JsonNode.Parse("""{"lateFeesFrom":"2024-10-01"}""");
        json["defaultPaymentTerms"] = JsonNode.Parse("""{"due":"net","days":14,"lateFee":{"percentPerMonth":1,"flat":{"amount":40,"currency":"EUR"}}}""");
        json.Remove("defaultPaymentTermsDays");
        foreach (var client in json["clients"]!.AsArray())
            client!.AsObject().Remove("paymentTermsDays");
        return new SampleFile(settings.Name, Encoding.UTF8.GetBytes(json.ToJsonString()));
    }

    private void Clock(IServiceCollection services) => services.AddSingleton<TimeProvider>(_clock).AddSingleton<LedgerTimer>();

    private TestStorage Cut(TestStorage storage, StorageRequests requests) => new(azurite.ConnectionString, storage.Prefix, services =>
    {
        Clock(services);
        services.AddSingleton(_ => requests.On(storage.Configuration));
    })
    { IsShared = true };
}
