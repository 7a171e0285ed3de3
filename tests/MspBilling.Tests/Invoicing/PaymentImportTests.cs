using System.Text;
using Microsoft.Extensions.DependencyInjection;
using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.Core;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>The sample's September is issued, and its payments come in a file.</summary>
public sealed class PaymentImportTests(AzuriteFixture azurite)
{
    // The MSP itself, which is billed nothing.
    private const string Own = "HARBOUR";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_WhatCannotBe_IsRefusedWholeAndWhatCanPaysOnce()
    {
        await using var storage = await ClosedAsync();
        var (first, second) = await TwoAsync(storage);
        Assert.Null((await storage.Get<ClientAccounts>().PayAsync(first.ClientId, new PaymentRequest("T-0", new Money(1, first.Currency), new DateOnly(2024, 10, 1), "T-0", null, false, null, "Ann"), Token)).Refusal);
        var header = "reference,client,invoice,date,amount,currency,prepayment,expires,agreement\n";

        var refused = await ImportAsync(
            storage,
            $"{header}T-1,,{first.Number},2024-10-20,1,EUR,,,\nT-2,,HL-9,2024-10-20,1,EUR,,,\nT-3,,{first.Number},2024-10-20,1,USD,,,\nT-4,Nobody Ltd,,2024-10-20,1,EUR,,,\n"
            + $"T-5,{first.ClientName},{second.Number},2024-10-20,1,EUR,,,\nT-0,{first.ClientName},,2024-10-20,2,EUR,,,\nT-6,{first.ClientName},,2024-10-20,1,EUR,,2024-12-31,\nT-7,{Own},,2024-10-20,1,EUR,,,\n");

        Assert.Equal(ImportState.Refused, refused.State);
        Assert.Equal(
            [
                "payments.csv, line 3: invoice is 'HL-9', expected the number of an issued invoice; correct it, or leave it empty and name the client: then it pays what was due first",
                $"payments.csv, line 4: currency is 'USD', expected EUR, as {first.Number} is in it; leave the invoice empty to keep another currency as the client's credit",
                "payments.csv, line 5: client is 'Nobody Ltd', expected the id, identifier or name of a client that is billed; correct it, or map it (mappings)",
                $"payments.csv, line 6: invoice is '{second.Number}', expected an invoice of the same client; {second.Number} is {second.ClientName}'s. Correct one of the two",
                $"payments.csv, line 7: reference is 'T-0', expected a reference of its own: {first.ClientName} has it already, for 1.00 EUR of 2024-10-01. Correct the row, or reverse that one first",
            ],
            refused.Problems.Take(5).Select(problem => problem.ToString()));
        Assert.Contains("Only what is paid ahead expires", refused.Problems[5].ToString(), StringComparison.Ordinal);
        Assert.StartsWith($"payments.csv, line 9: client is '{Own}', expected the id, identifier or name of a client that is billed", refused.Problems[6].ToString(), StringComparison.Ordinal);
        Assert.Equal(first.Total.Amount - 1, await BalanceAsync(storage, first));

        // 1.00 of the first is paid; what is more than is open is kept.
        var file = $"reference,client,invoice,date,amount,currency\nT-1,,{first.Number},2024-10-20,{Of(first.Total.Amount + 59)},EUR\nT-2,{second.ClientName},,2024-10-21,10.00,EUR\nT-2,{second.ClientName},,2024-10-21,10.00,EUR\n";

        var report = await ImportAsync(storage, file);

        Assert.Equal((ImportState.Imported, 2, 1), (report.State, report.Added, report.Unchanged));
        Assert.StartsWith("line 2: 60.00 EUR of T-1 is more than is open and is the client's credit.", Assert.Single(report.Notes!), StringComparison.Ordinal);
        Assert.Equal((0m, second.Total.Amount - 10), (await BalanceAsync(storage, first), await BalanceAsync(storage, second)));
        var (_, _, ledger) = (await storage.Get<ClientAccounts>().ReadAsync(first.ClientId, Token))!.Value;
        Assert.Equal((60m, "Import of payments.csv"), (ledger.Credits[0].Left.Amount, ledger.Find("T-1")!.By));

        // A later, longer file brings what is new.
        var longer = await ImportAsync(storage, $"{file}T-3,,{second.Number},2024-10-22,5.00,EUR\n", "october-payments.csv");
        Assert.Equal((ImportState.Imported, 1, 3), (longer.State, longer.Added, longer.Unchanged));
        Assert.Equal(second.Total.Amount - 15, await BalanceAsync(storage, second));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    // The process ends between two requests to the storage; the file is imported again, and a use of credit asked for again.
    [Fact]
    public async Task Import_ProcessEndsBetweenTwoRequests_EndsInTheSame()
    {
        await using var storage = await ClosedAsync();
        var (first, second) = await TwoAsync(storage);
        var file = $"reference,client,invoice,date,amount,currency,prepayment\nT-1,,{first.Number},2024-10-20,10,EUR,\nT-2,,{second.Number},2024-10-21,10.00,EUR,\nT-3,{first.ClientId},,2024-10-21,7,EUR,yes\n";
        async Task PayAsync(TestStorage on)
        {
            Assert.Equal(ImportState.Imported, (await ImportAsync(on, file)).State);
            Assert.Null((await on.Get<ClientAccounts>().UseCreditAsync(first.ClientId, first.Currency, [first.Number], "use", "Ann Lee", "agreed", Token)).Refusal);
        }

        var start = await StorageState.TakeAsync(storage);
        var all = new StorageRequests();
        await using (var counted = Cut(storage, all))
            await PayAsync(counted);
        var expected = await StorageSnapshot.ResultsAsync(storage);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");

        foreach (var most in all.Cuts(5))
        {
            await start.RestoreAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = Cut(storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => PayAsync(cut));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            await new LedgerTimer(storage.Get<LedgerStore>(), storage.Get<LedgerPosting>()).RunAsync(Token);
            await PayAsync(storage);
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.ResultsAsync(storage));
            Assert.Equal(first.Total.Amount - 17, await BalanceAsync(storage, first));
            Assert.Empty(await storage.Get<LedgerStore>().MarkedAsync(Token));
        }
    }

    private async Task<TestStorage> ClosedAsync()
    {
        var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        return storage;
    }

    private TestStorage Cut(TestStorage storage, StorageRequests requests) =>
        new(azurite.ConnectionString, storage.Prefix, services => services.AddSingleton(_ => requests.On(storage.Configuration))) { IsShared = true };

    private static async Task<(IssuedInvoice First, IssuedInvoice Second)> TwoAsync(TestStorage storage)
    {
        var euros = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Where(invoice => invoice.Currency == Currency.Of("EUR")).OrderBy(invoice => invoice.Number, StringComparer.Ordinal).ToList();
        return (euros[0], euros[1]);
    }

    private static async Task<ImportReport> ImportAsync(TestStorage storage, string text, string name = "payments.csv")
    {
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return await storage.Get<ImportJob>().RunAsync(name, null, content, Token);
    }

    private static async Task<decimal> BalanceAsync(TestStorage storage, IssuedInvoice invoice) => (await storage.Get<StoredInvoices>().FindAsync(invoice.Number, Token))!.Balance.Amount;

    private static string Of(decimal amount) => amount.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
