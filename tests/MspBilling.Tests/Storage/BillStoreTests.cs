using MspBilling.Adapters.Storage;
using MspBilling.Core;
using MspBilling.Core.Accounting;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Storage;

public sealed class BillStoreTests(AzuriteFixture azurite)
{
    private static readonly Period September = Period.Month(2024, 9);
    private static readonly Currency Eur = Currency.Of("EUR");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task IssueAsync_Twice_SecondIsRefusedAndChangesNothing()
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();
        Assert.True(await bills.IssueAsync(Outcome("first"), [Invoice("T-1")], [], Holds(250), [], Token));
        var before = await StorageSnapshot.EverythingAsync(storage);

        var again = await bills.IssueAsync(Outcome("second"), [Invoice("T-2")], [], [.. Holds(260).Select(h => h with { Detail = "Other" })], [], Token);

        Assert.False(again);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
    }

    // Outcome, two invoices, two outbox rows and 250 holds: more than the 100 rows of a transaction.
    [Fact]
    public async Task IssueAsync_TwoHundredFiftyHolds_WritesAllOfThem()
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();

        await bills.IssueAsync(Outcome("first"), [Invoice("T-1"), Invoice("T-2", "USD")], [], Holds(250), [], Token);

        Assert.Equal(Holds(250), (await bills.ListAsync<Hold>(September, Token)).OrderBy(h => int.Parse(h.Activity.ExternalId, System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Equal(["T-1", "T-2"], (await bills.ListAsync<IssuedInvoice>(September, Token)).Select(i => i.Number));
        Assert.Equal(["T-1", "T-2"], (await bills.ListAsync<OutboxEntry>(September, Token)).Select(e => e.Number));
    }

    // 90 holds whose notes are 60,000 characters are over 5 MB, and a transaction takes 4 MiB.
    [Fact]
    public async Task IssueAsync_HoldsWithLongNotes_WritesAllOfThem()
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();
        var notes = new string('n', 60_000);

        Assert.True(await bills.IssueAsync(Outcome("first"), [Invoice("T-1")], [], [.. Holds(90).Select(h => h with { Description = notes })], [], Token));

        Assert.Equal(90, (await bills.ListAsync<Hold>(September, Token)).Count);
        Assert.Single(await bills.ListAsync<IssuedInvoice>(September, Token));
    }

    [Fact]
    public async Task WriteOutcomeAsync_HoldsThatAreSettled_AreRemovedAndTheOthersStay()
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();
        await bills.WriteOutcomeAsync(Outcome("first", ClientState.Quarantined), Holds(250), [], Token);
        var rows = await bills.ClientRowsAsync(September, "cw-1", Token);
        Assert.Equal(250, rows.HoldKeys.Count);

        await bills.WriteOutcomeAsync(Outcome("second", ClientState.NothingToInvoice), Holds(3), rows.HoldKeys, Token);

        var now = await bills.ClientRowsAsync(September, "cw-1", Token);
        Assert.Equal("second", now.Outcome!.BillHash);
        Assert.Equal(Holds(3), await bills.ListAsync<Hold>(September, Token));
    }

    // Whoever has looked at a row that another has written since, or that was not there yet, writes nothing.
    [Theory]
    [InlineData(3)]
    [InlineData(250)] // more than one transaction
    public async Task TryWriteOutcomeAsync_RowThatWasWrittenSince_ChangesNothing(int holds)
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();
        Assert.True(await bills.TryWriteOutcomeAsync(Outcome("first", ClientState.Draft), null, Holds(holds), [], Token));
        var seen = await bills.ClientRowsAsync(September, "cw-1", Token);
        Assert.True(await bills.TryWriteOutcomeAsync(Outcome("first", ClientState.Approved), seen.Tag, [], [], Token));
        var before = await StorageSnapshot.EverythingAsync(storage);

        Assert.False(await bills.TryWriteOutcomeAsync(Outcome("second", ClientState.Draft), seen.Tag, [.. Holds(holds).Select(h => h with { Detail = "Other" })], seen.HoldKeys, Token));
        Assert.False(await bills.TryWriteOutcomeAsync(Outcome("second", ClientState.Draft), null, [], [], Token));

        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
        Assert.Equal((ClientState.Approved, holds), ((await bills.OutcomeAsync(September, "cw-1", Token))!.State, (await bills.ClientRowsAsync(September, "cw-1", Token)).HoldKeys.Count));
    }

    // Another close removed them first.
    [Fact]
    public async Task IssueAsync_SettledHoldsThatAreGoneAlready_IssuesAllTheSame()
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();
        await bills.WriteOutcomeAsync(Outcome("first", ClientState.Quarantined), Holds(250), [], Token);
        var seen = (await bills.ClientRowsAsync(September, "cw-1", Token)).HoldKeys;
        await bills.WriteOutcomeAsync(Outcome("first", ClientState.Quarantined), Holds(1), seen, Token);

        Assert.True(await bills.IssueAsync(Outcome("second"), [Invoice("T-1")], [], [], seen, Token));

        Assert.Empty(await bills.ListAsync<Hold>(September, Token));
        Assert.False(await bills.IssueAsync(Outcome("second"), [Invoice("T-1")], [], [], seen, Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public async Task IssueAsync_CutShort_LeavesAnOutboxRowWhereAndOnlyWhereThereIsAnInvoice(int requests)
    {
        await using var storage = await azurite.CreateAsync();
        var cut = new StorageRequests { Most = requests };
        try
        {
            await new BillStore(cut.On(storage)).IssueAsync(Outcome("first"), [Invoice("T-1"), Invoice("T-2", "USD")], [], Holds(250), [], Token);
        }
        catch (Exception e) when (cut.IsCut(e))
        {
            // As planned.
        }

        var bills = storage.Get<BillStore>();
        var invoices = (await bills.ListAsync<IssuedInvoice>(September, Token)).Select(i => i.Number).ToList();
        Assert.Equal(invoices, (await bills.ListAsync<OutboxEntry>(September, Token)).Select(e => e.Number));
        Assert.Equal(invoices.Count > 0, (await bills.ListAsync<ClientOutcome>(September, Token)).Count > 0);

        // Done again it ends in the same.
        await bills.IssueAsync(Outcome("first"), [Invoice("T-1"), Invoice("T-2", "USD")], [], Holds(250), [], Token);
        Assert.Equal(250, (await bills.ListAsync<Hold>(September, Token)).Count);
        Assert.Equal(2, (await bills.ListAsync<IssuedInvoice>(September, Token)).Count);
    }

    // Keys of cw-1 are the beginning of those of cw-10.
    [Fact]
    public async Task ClientRowsAsync_ClientsWithIdsThatBeginAlike_AreKeptApart()
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();
        await bills.IssueAsync(Outcome("one"), [Invoice("T-1")], [], Holds(2), [], Token);
        await bills.WriteOutcomeAsync(Outcome("ten", ClientState.Quarantined) with { ClientId = "cw-10" }, [.. Holds(3).Select(h => h with { ClientId = "cw-10" })], [], Token);

        var one = await bills.ClientRowsAsync(September, "cw-1", Token);
        var ten = await bills.ClientRowsAsync(September, "cw-10", Token);

        Assert.Equal(("one", 1, 2), (one.Outcome!.BillHash, one.Invoices.Count, one.HoldKeys.Count));
        Assert.Equal(("ten", 0, 3), (ten.Outcome!.BillHash, ten.Invoices.Count, ten.HoldKeys.Count));
    }

    [Fact]
    public async Task UpdateOutboxAsync_ChangedInBetween_IsRefused()
    {
        await using var storage = await azurite.CreateAsync();
        var bills = storage.Get<BillStore>();
        await bills.IssueAsync(Outcome("first"), [Invoice("T-1")], [], [], [], Token);
        var (entry, tag) = (await bills.OutboxAsync(September, "cw-1", Eur, null, null, Token))!.Value;
        await bills.UpdateOutboxAsync(entry with { State = SyncState.Confirmed }, tag, Token);

        var refused = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => bills.UpdateOutboxAsync(entry with { State = SyncState.Failed }, tag, Token));

        Assert.Equal(412, refused.Status);
        Assert.Equal(SyncState.Confirmed, (await bills.OutboxAsync(September, "cw-1", Eur, null, null, Token))!.Value.Entry.State);
    }

    private static ClientOutcome Outcome(string billHash, ClientState state = ClientState.Issued) => new(September, "cw-1", "One", state, null, billHash, "inputs", 0, []);

    private static IssuedInvoice Invoice(string number, string currency = "EUR")
    {
        var amount = new Money(100, Currency.Of(currency));
        return new(number, September, "cw-1", "One", September.End, September.End.AddDays(30), amount, amount, amount, amount, [], "bill", "pdf");
    }

    private static IReadOnlyList<Hold> Holds(int count) =>
    [
        .. Enumerable.Range(0, count).Select(i => new Hold(
            September, "cw-1", "One", new RecordId("connectwise", RecordKind.Time, $"{i}"), Reason.UnapprovedTime, null, $"Entry {i}", null, 1, 0, null)),
    ];
}
