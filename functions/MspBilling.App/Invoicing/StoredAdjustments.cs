using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Computes the adjustments of a stored bill again: from the bill that each was compared with, and the records at the versions that it names.</summary>
public sealed class StoredAdjustments(BillStore bills, ReleasedWork released)
{
    /// <param name="bill">The bill that adjusts.</param>
    /// <param name="directory">Of the reference records that it was computed from.</param>
    /// <param name="versions">Every version of a record that is in a payload.</param>
    /// <returns>The adjustments, or what keeps them from being computed.</returns>
    public async Task<(IReadOnlyList<Adjustment> Adjustments, string? Problem)> AgainAsync(
        ClientBill bill, ClientDirectory directory, IReadOnlyDictionary<RecordVersion, CapturedRecord> versions, CancellationToken cancellationToken)
    {
        var adjustments = new List<Adjustment>();
        foreach (var adjusted in bill.Adjusted)
        {
            var period = adjusted.Now.Period;
            if (await StandingAsync(bill.ClientId, period, adjusted.ComparedWith, cancellationToken).ConfigureAwait(false) is not { } stood)
            {
                return ([], $"The bill that the adjustment of {period} was compared with is missing.");
            }

            var then = Restocking.Of(stood, await ReleasedAsync(adjusted.Now, bill.ClientId, cancellationToken).ConfigureAwait(false));

            if (await bills.FindReferencesAsync(then.References, cancellationToken).ConfigureAwait(false) is not { } json || RecordJson.Hash(json) != then.References)
            {
                return ([], $"The reference records that {period} was billed with are missing or were changed.");
            }

            var references = ClientDirectory.Of(RecordJson.Deserialize<IReadOnlyList<CapturedRecord>>(json)).RecordsBehind(bill.ClientId).ToList();
            if (references.Select(RecordVersion.Of).Except(then.Inputs).Any())
            {
                return ([], $"The reference records that are kept for {period} are not those that it was billed with.");
            }

            var activities = adjusted.Now.Inputs.Where(input => versions.GetValueOrDefault(input) is Activity).Select(input => (Activity)versions[input]).ToList();
            var ofIt = adjusted.Now.Inputs.Where(input => versions.GetValueOrDefault(input) is { IsOfOnePeriod: true }).Select(input => versions[input]);
            var (again, problem) = Adjustments.Of(
                then, adjusted.ComparedWith, bill.ClientId, references, [.. directory.RecordsBehind(bill.ClientId).Where(record => !record.IsOfOnePeriod), .. ofIt], activities, adjusted.Now.CarriedIn);
            if (again is null)
            {
                return ([], $"The adjustment of {period} cannot be computed again: {problem}");
            }

            adjustments.Add(again);
        }

        return (adjustments, null);
    }

    // What was credited since is the next bill's.
    private async Task<IEnumerable<ReleasedLines>> ReleasedAsync(StandingPeriod now, string clientId, CancellationToken cancellationToken) => now.Restocked is { } ids
        ? (await released.ReadAsync(clientId, cancellationToken).ConfigureAwait(false))[now.Period].Where(lines => ids.Contains(lines.Id))
        : [];

    private async Task<StandingPeriod?> StandingAsync(string clientId, Core.Time.Period period, BillName where, CancellationToken cancellationToken)
    {
        if (await bills.FindBillBytesAsync(where.Period, clientId, where.Hash, cancellationToken).ConfigureAwait(false) is not { } bytes)
        {
            return null;
        }

        var bill = RecordJson.Deserialize<ClientBill>(bytes);
        return where.Period == period
            ? StandingPeriod.Of(bill, (await bills.ClientRowsAsync(period, clientId, cancellationToken).ConfigureAwait(false)).Invoices)
            : bill.Adjusted.Single(adjusted => adjusted.Now.Period == period).Now;
    }
}
