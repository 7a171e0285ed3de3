using System.Text.Json.Nodes;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>What comes, changes or moves after its period was invoiced.</summary>
public sealed class RunLateTests(AzuriteFixture azurite)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // In one storage, one after the other: an entry that comes, one that changes, one that moves to another client, one to October.
    [Fact]
    public async Task Close_EntriesAfterTheInvoice_AreHeldAsLateAndTheInvoicesStay()
    {
        await using var storage = await azurite.CreateAsync();
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        await SampleRun.BookAsync(storage);
        var invoiced = Invoices(await StorageSnapshot.ResultsAsync(storage));
        var captured = await SampleRun.CapturedAsync(storage);
        var clients = (await SampleRun.ListAsync<IssuedInvoice>(storage)).Select(i => i.ClientId[3..]).Distinct().ToList();
        var billed = JsonNode.Parse(SampleRun.File(LateSample.Entries).Content)!.AsArray()
            .Where(e => clients.Contains($"{e!["company"]!["id"]}") && (decimal)e["actualHours"]! == 0.5m && $"{e["timeStart"]}".StartsWith("2024-09-1", StringComparison.Ordinal))
            .Select(e => (Id: (long)e!["id"]!, Company: $"{e["company"]!["id"]}")).ToList();
        var (changed, movedTo, moved) = (billed[0], clients.First(c => c != billed[1].Company), billed[1]);
        var october = billed.First(e => e != changed && e != moved);

        var hours = captured.Hours;
        async Task ThenAsync(Action<JsonArray> edit, decimal difference, params (string Client, decimal Held)[] late)
        {
            await SampleRun.ImportAsync(storage, [SampleRun.Edited(LateSample.Entries, edit)]);
            await SampleRun.CloseAsync(storage);
            hours += difference;

            Assert.Equal(invoiced, Invoices(await StorageSnapshot.ResultsAsync(storage)));
            Assert.Equal(hours, (await SampleRun.CapturedAsync(storage)).Hours);
            var outcomes = await SampleRun.ListAsync<ClientOutcome>(storage);
            foreach (var (client, held) in late)
            {
                Assert.Equal(held, outcomes.Single(o => o.ClientId == "cw-" + client).Totals.Where(t => t.Reason?.Code == Reason.Late.Code).Sum(t => t.Hours));
                Assert.Equal(held, (await SampleRun.ListAsync<Hold>(storage)).Where(h => h.ClientId == "cw-" + client && h.Reason.Code == Reason.Late.Code).Sum(h => h.Hours));
            }

            // Once more: nothing is new.
            var before = await StorageSnapshot.EverythingAsync(storage);
            await SampleRun.CloseAsync(storage);
            StorageSnapshot.AssertSame(before, await StorageSnapshot.EverythingAsync(storage));
        }

        // 2.25 h that were forgotten.
        await ThenAsync(
            records =>
            {
                var forgotten = LateSample.Forgotten(records, changed.Id);
                records.Clear();
                records.Add(forgotten);
            },
            2.25m,
            (changed.Company, 2.25m));

        // 0.50 h that were 2.00 h: 1.50 h more wait.
        await ThenAsync(records => Change(records, changed.Id, e => e["actualHours"] = 2m), 1.5m, (changed.Company, 3.75m));

        // To another client: held there, and as much less here.
        var here = moved.Company == changed.Company ? 3.75m : 0;
        var there = movedTo == changed.Company ? 3.75m : 0;
        await ThenAsync(
            records => Change(records, moved.Id, entry => LateSample.MoveTo(entry, "cw-" + movedTo)),
            0,
            (moved.Company, here - 0.5m),
            (movedTo, there + 0.5m));

        // To October: not September's any more, though September's invoice has it.
        await ThenAsync(records => Change(records, october.Id, e => { e["timeStart"] = "2024-10-07T09:00:00Z"; e["timeEnd"] = "2024-10-07T09:30:00Z"; }), -0.5m);

        // October bills it, and takes back what September billed.
        await LateSample.CloseAsync(storage, LateSample.October);
        var bill = await LateSample.BillAsync(storage, LateSample.October, "cw-" + october.Company);
        Assert.Contains(bill.Dispositions, d => d.Kind is DispositionKind.Billed or DispositionKind.Covered && d.Activity.ExternalId == $"{october.Id}");
        Assert.DoesNotContain(Assert.Single(bill.Adjusted).Now.Dispositions, d => d.Activity.ExternalId == $"{october.Id}");
        Assert.DoesNotContain(await SampleRun.ListAsync<Hold>(storage), h => h.Reason.Code == Reason.Late.Code);

        Assert.Empty((await storage.Get<InvoiceVerification>().RunAsync(Token)).Differences);
    }

    private static void Change(JsonArray records, long id, Action<JsonNode> change)
    {
        var record = LateSample.Changed(records, id, change);
        records.Clear();
        records.Add(record);
    }

    // Invoices, numbers, bills, documents: all but what says how the rest stands and where the next close has to look.
    private static List<KeyValuePair<string, string>> Invoices(SortedDictionary<string, string> results) =>
        [.. results.Where(r => !r.Key.StartsWith("activities", StringComparison.Ordinal) && !r.Key.StartsWith("bills: touched", StringComparison.Ordinal) && !r.Value.EndsWith(nameof(Hold), StringComparison.Ordinal) && !r.Value.EndsWith(nameof(ClientOutcome), StringComparison.Ordinal))];
}
