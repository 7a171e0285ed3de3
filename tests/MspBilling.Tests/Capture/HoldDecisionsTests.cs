using MspBilling.Adapters.Storage;
using MspBilling.App.Capture;
using MspBilling.App.Invoicing;
using MspBilling.App.Reports;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Reports;
using MspBilling.Tests.Invoicing.Runs;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Decisions about held work, from the request to the invoice that has it.</summary>
public sealed class HoldDecisionsTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Decide_EndedBetweenAnyTwoRequestsToTheStorage_EndsInTheSame()
    {
        await using var storage = await DecidedSample.ClosedAsync(azurite);
        var open = await StorageState.TakeAsync(storage);
        var ids = (await storage.HeldAsync("unapproved-time")).Take(2).Select(hold => hold.Activity.ToString()).ToList();
        var all = new StorageRequests();
        await using (var counted = DecidedSample.Another(azurite, storage, all))
            Assert.Equal(2, (await counted.DecideAsync(DecisionKind.Release, ids)).Made.Count);
        var expected = await StorageSnapshot.EverythingAsync(storage);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all.Count} requests");

        foreach (var most in all.Cuts(6))
        {
            await open.RestoreAsync();
            var requests = new StorageRequests { Most = most };
            await using (var cut = DecidedSample.Another(azurite, storage, requests))
            {
                var ended = await Record.ExceptionAsync(() => cut.DecideAsync(DecisionKind.Release, ids));
                Assert.True(ended is null || requests.IsCut(ended), ended?.ToString());
            }

            // Whoever asked asks again.
            await using var again = DecidedSample.Another(azurite, storage);
            var report = await again.DecideAsync(DecisionKind.Release, ids);
            Assert.Equal((2, 0), (report.Made.Count + report.Known.Count, report.Refused.Count));
            StorageSnapshot.AssertSame(expected, await StorageSnapshot.EverythingAsync(storage));
        }
    }

    // Decide, look, close September again, close October: what the ledger, the history and the invoices say at each step.
    [Fact]
    public async Task Decided_AfterTheInvoice_IsOnTheNextOneAndWrittenOffInItsMonth()
    {
        await using var storage = await DecidedSample.ClosedAsync(azurite);
        var unapproved = await storage.HeldAsync("unapproved-time");

        // Of a client that pays by the hour, so that what is released is charged.
        var byTheHour = (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.Totals.Any(t => t.Kind == DispositionKind.Billed && t.Hours > 0) && o.Totals.All(t => t.Kind != DispositionKind.Covered)).Select(o => o.ClientId).ToHashSet();
        var released = unapproved.First(hold => byTheHour.Contains(hold.ClientId));
        var givenUp = unapproved.First(hold => hold.ClientId != released.ClientId);
        var captured = await SampleRun.CapturedAsync(storage);

        Assert.Single((await storage.DecideAsync(DecisionKind.Release, [released.Activity.ToString()])).Made);
        Assert.Single((await storage.DecideAsync(DecisionKind.WriteOff, [givenUp.Activity.ToString()])).Made);

        // Asked again, nothing is new; otherwise it is a matter of withdrawing first.
        Assert.Single((await storage.DecideAsync(DecisionKind.Release, [released.Activity.ToString()])).Known);
        Assert.Contains("It was released by Ann Lee on 2024-10-03 already (goodwill). Withdraw that first.", Assert.Single((await storage.DecideAsync(DecisionKind.WriteOff, [released.Activity.ToString()])).Refused).Because, StringComparison.Ordinal);

        Assert.All(await HistoryAsync(storage), each => Assert.Equal(DecidedState.Waits, each.State));
        var ledger = await storage.Get<LeakReader>().ReadAsync(SampleRun.September, null, Token);
        Assert.Equal(2, ledger.Items.Count(item => item.Decided is { By: "Ann Lee" }));
        Assert.Contains(ledger.Findings, finding => finding.Kind == LeakKind.WrittenOff && finding.ClientId == givenUp.ClientId && finding.What.Contains("written off by Ann Lee: goodwill", StringComparison.Ordinal));

        // September, looked at once more: one waits for October's invoice, the other is given up.
        await SampleRun.CloseAsync(storage);
        Assert.Equal(Reason.Late, (await SampleRun.ListAsync<Hold>(storage)).Single(hold => hold.Activity == released.Activity).Reason);
        Assert.DoesNotContain(await SampleRun.ListAsync<Hold>(storage), hold => hold.Activity == givenUp.Activity);
        await AssertGivenUpAsync(storage, givenUp);
        Assert.Equal(captured, await SampleRun.CapturedAsync(storage));

        await LateSample.CloseAsync(storage, LateSample.October);
        var adjusting = await LateSample.AdjustingAsync(storage, LateSample.October, released.ClientId);
        Assert.True(adjusting.Sum(line => line.Net.Amount) > 0);

        // In quarters of an hour, as they are charged.
        Assert.InRange(adjusting.Sum(line => line.Details.Sum(detail => detail.Quantity)), released.Hours, released.Hours + 0.24m);
        Assert.Empty(await LateSample.AdjustingAsync(storage, LateSample.October, givenUp.ClientId));
        await AssertGivenUpAsync(storage, givenUp);
        Assert.DoesNotContain(await SampleRun.ListAsync<Hold>(storage), hold => hold.Activity == released.Activity || hold.Activity == givenUp.Activity);
        Assert.Equal(captured, await SampleRun.CapturedAsync(storage));
        Assert.Equal(
            [(DecisionKind.Release, DecidedState.Done, (DispositionKind?)null), (DecisionKind.WriteOff, DecidedState.Done, DispositionKind.WrittenOff)],
            (await HistoryAsync(storage)).Select(each => (each.Decision.Kind, each.State, each.Decision.Kind == DecisionKind.Release ? null : (DispositionKind?)Assert.Single(each.Shares).Kind)));
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);

        // Closed once more, nothing changes to the byte.
        var before = await StorageSnapshot.EverythingAsync(storage);
        await SampleRun.CloseAsync(storage);
        await LateSample.CloseAsync(storage, LateSample.October);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));

        // What was given up is taken back, and is held again by the time November is closed.
        Assert.Single((await storage.DecideAsync(DecisionKind.Withdraw, [givenUp.Activity.ToString()], why: "the client pays after all")).Made);
        Assert.Equal([DecidedState.Done, DecidedState.Withdrawn, DecidedState.Waits], (await HistoryAsync(storage)).Select(each => each.State));
        await LateSample.CloseAsync(storage, LateSample.November);
        Assert.Contains(await SampleRun.ListAsync<Hold>(storage), hold => hold.Activity == givenUp.Activity && hold.Reason == Reason.UnapprovedTime);
        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    [Fact]
    public async Task Decide_SeveralOfWhichOneCannotBe_DecidesAboutNone()
    {
        await using var storage = await DecidedSample.ClosedAsync(azurite);
        var unapproved = await storage.HeldAsync("unapproved-time");
        var never = (await SampleRun.ListAsync<Hold>(storage)).First(hold => hold.Reason.Released is null);
        var before = await StorageSnapshot.EverythingAsync(storage);

        var report = await storage.DecideAsync(DecisionKind.Release, [unapproved[0].Activity.ToString(), never.Activity.ToString(), "connectwise/Time/999999999", "nonsense"]);

        Assert.Empty(report.Made);
        Assert.Equal([(never.Activity.ToString(), false), ("connectwise/Time/999999999", true), ("nonsense", true)], report.Refused.OrderBy(r => r.IsUnknown).Select(r => (r.Id, r.IsUnknown)));
        Assert.EndsWith(never.Reason.Action, report.Refused.Single(r => !r.IsUnknown).Because, StringComparison.Ordinal);
        StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));

        // All of a reason and a client; and all of them withdrawn.
        var ofClient = unapproved.Where(hold => hold.ClientId == unapproved[0].ClientId).ToList();
        Assert.Equal(ofClient.Select(hold => hold.Activity).ToHashSet(), (await storage.DecideAsync(DecisionKind.Release, [], "unapproved-time", unapproved[0].ClientId)).Made.Select(d => d.Activity).ToHashSet());
        Assert.Equal(ofClient.Count, (await storage.DecideAsync(DecisionKind.Withdraw, [], "unapproved-time", unapproved[0].ClientId, SampleRun.September)).Made.Count);
        Assert.Equal(Core.Time.Period.Month(2024, 9), (await HistoryAsync(storage))[0].Decision.Period);
    }

    // The person saw the entry as it was: a time sheet that came since is looked at first.
    [Fact]
    public async Task Decide_WorkThatChangedSinceItWasHeld_IsRefused()
    {
        await using var storage = await DecidedSample.ClosedAsync(azurite);
        var held = (await storage.HeldAsync("unapproved-time"))[0];
        var id = long.Parse(held.Activity.ExternalId, System.Globalization.CultureInfo.InvariantCulture);
        await SampleRun.ImportAsync(storage, [SampleRun.Edited("time-entries.json", records =>
        {
            var changed = LateSample.Changed(records, id, entry => entry["actualHours"] = 7.75m);
            records.Clear();
            records.Add(changed);
        })]);

        var report = await storage.DecideAsync(DecisionKind.Release, [held.Activity.ToString()]);

        Assert.Equal("It has changed since it was held. Close 2024-09 again and look at it as it is now.", Assert.Single(report.Refused).Because);
    }

    // The bytes of a decision are a file like any other: imported again, or elsewhere, they are the same decisions.
    [Fact]
    public async Task Import_OfTheDecisionsThatWereKept_IsTheSame()
    {
        await using var storage = await DecidedSample.ClosedAsync(azurite);
        await storage.DecideAsync(DecisionKind.WriteOff, [(await storage.HeldAsync("unapproved-time"))[0].Activity.ToString()]);
        var kept = (await storage.Get<RawPayloadStore>().ListAsync(Token)).Single(import => import.Format == "decisions");
        var bytes = (await storage.Get<RawPayloadStore>().FindContentAsync(kept.Hash, Token))!;
        var before = await StorageSnapshot.EverythingAsync(storage);

        using var content = new MemoryStream(bytes);
        var report = await storage.Get<ImportJob>().RunAsync("decisions.json", null, content, Token);

        Assert.Equal((ImportState.Imported, "decisions", 0, 0, 1), (report.State, report.Format, report.Added, report.Changed, report.Unchanged));
        var after = await StorageSnapshot.EverythingAsync(storage);
        Assert.Equal(before.Where(IsRecord), after.Where(IsRecord));

        static bool IsRecord(KeyValuePair<string, string> item) => item.Key.Split(':')[0] is "references" or "activities" or "locations" or "rawpayloads" or "raw-payloads";
    }

    private static async Task AssertGivenUpAsync(TestStorage storage, Hold hold)
    {
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(SampleRun.September, hold.ClientId, Token))!;
        var total = Assert.Single(outcome.Totals, total => total.Reason == Reason.WrittenOff);
        Assert.Equal((DispositionKind.WrittenOff, 1, hold.Hours), (total.Kind, total.Activities, total.Hours));
        Assert.Equal(hold.Value is { } value ? [value] : [], total.Values);
    }

    private static Task<IReadOnlyList<DecidedHold>> HistoryAsync(TestStorage storage) => storage.Get<HoldHistory>().ReadAsync(null, null, null, Token);
}
