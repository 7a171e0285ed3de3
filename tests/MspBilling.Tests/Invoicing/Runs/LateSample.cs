using System.Globalization;
using System.Text.Json.Nodes;
using MspBilling.Adapters.Storage;
using MspBilling.App.Invoicing;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Invoicing.Runs;

/// <summary>The sample's September invoiced, what comes late to it, and the months after it.</summary>
internal static class LateSample
{
    public const string Entries = "time-entries.json";

    public static Period October { get; } = Period.Month(2024, 10);

    public static Period November { get; } = Period.Month(2024, 11);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static Task CloseAsync(TestStorage storage, Period period) => storage.Get<BillingRunner>().Start(period).Task;

    /// <summary>September invoiced; then 2.25 h that were forgotten, 0.50 h that were 2.00 h, and 0.50 h that were another client's.</summary>
    public static async Task<((string Client, long Id) Changed, (string Client, long Id) Moved, string MovedTo)> SeptemberWithLateWorkAsync(TestStorage storage)
    {
        await SampleRun.ImportAsync(storage, SampleRun.Month);
        await SampleRun.CloseAsync(storage);
        var billed = new List<(string Client, long Id)>();
        foreach (var outcome in (await SampleRun.ListAsync<ClientOutcome>(storage)).Where(o => o.State == ClientState.Issued).OrderBy(o => o.ClientId, StringComparer.Ordinal))
        {
            var bill = await storage.Get<BillStore>().GetBillAsync(SampleRun.September, outcome.ClientId, outcome.BillHash, Token);
            billed.AddRange(bill.Dispositions.Where(d => d.Kind == DispositionKind.Billed && d.Quantity.Hours == 0.5m).Select(d => (outcome.ClientId, long.Parse(d.Activity.ExternalId, CultureInfo.InvariantCulture))));
        }

        var (changed, moved) = (billed[0], billed.First(b => b.Client != billed[0].Client));
        var movedTo = billed.Select(b => b.Client).Last(client => client != moved.Client);
        await SampleRun.ImportAsync(storage, [SampleRun.Edited(Entries, records =>
        {
            var forgotten = Forgotten(records, changed.Id);
            var more = Changed(records, changed.Id, entry => entry["actualHours"] = 2m);
            var elsewhere = Changed(records, moved.Id, entry => MoveTo(entry, movedTo));
            records.Clear();
            records.Add(forgotten);
            records.Add(more);
            records.Add(elsewhere);
        })]);
        return (changed, moved, movedTo);
    }

    /// <summary>2.25 h like an entry that is there.</summary>
    public static JsonNode Forgotten(JsonArray records, long like)
    {
        var forgotten = records.Numbered(like).DeepClone();
        forgotten["id"] = 99_999;
        forgotten["actualHours"] = 2.25m;
        return forgotten;
    }

    public static JsonNode Changed(JsonArray records, long id, Action<JsonNode> change)
    {
        var record = records.Numbered(id).DeepClone();
        change(record);
        record["_info"]!["lastUpdated"] = "2024-10-20T08:00:00Z";
        return record;
    }

    public static void MoveTo(JsonNode entry, string clientId)
    {
        entry["company"]!["id"] = long.Parse(clientId[3..], CultureInfo.InvariantCulture);
        entry["agreement"] = null;
    }

    public static async Task<ClientBill> BillAsync(TestStorage storage, Period period, string clientId)
    {
        var outcome = (await storage.Get<BillStore>().OutcomeAsync(period, clientId, Token))!;
        return await storage.Get<BillStore>().GetBillAsync(period, clientId, outcome.BillHash, Token);
    }

    public static async Task<List<RatedLine>> AdjustingAsync(TestStorage storage, Period period, string clientId) =>
        [.. (await BillAsync(storage, period, clientId)).Invoices.SelectMany(invoice => invoice.Lines).Where(line => line.Adjusts is not null)];
}
