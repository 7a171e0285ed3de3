using MspBilling.Core.Capture;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>Which time entries of a source an invoice bills or covers: those that get its number there.</summary>
/// <remarks>
/// <para>An entry gets one number: that of the invoice that first billed or covered it. So of an earlier period that a bill adjusts only what was neither
/// billed nor covered before gets the adjusting invoice's number; what changed keeps its own, and what is taken back keeps it, too.</para>
/// <para>80121 is billed on HL-1 for September and 80122 comes late: October's HL-2 is written on 80122 and on October's own entries, and 80121 keeps HL-1.</para>
/// <para>Where a bill has several invoices an entry belongs to the one with the line that billed it. Where no line or lines of several could
/// be it, that cannot be told, and nobody guesses.</para>
/// </remarks>
public static class InvoicedTime
{
    /// <summary>An entry of an invoice; one of which the invoice cannot be told is listed with the first, to be seen once.</summary>
    public readonly record struct Entry(RecordId Activity, bool IsTold);

    /// <summary>Whether there may be any, by what the bill was computed from.</summary>
    public static bool MayHave(ClientBill bill, string source) =>
        bill.Inputs.Concat(bill.Adjusted.SelectMany(adjusted => adjusted.Now.Inputs)).Any(input => IsOf(input.Id, source));

    /// <param name="before">For each period that the bill adjusts, in their order, what became of its activities before.</param>
    /// <returns>In the order of their ids, whatever the order of the dispositions.</returns>
    public static IReadOnlyList<Entry> Of(ClientBill bill, Currency currency, string? part, string source, IReadOnlyList<IReadOnlyList<Disposition>> before)
    {
        var entries = new Dictionary<RecordId, Entry>();
        Add(bill.Dispositions.Where(IsInvoiced), line => line.Adjusts is null);
        foreach (var (adjusted, then) in bill.Adjusted.Zip(before))
        {
            var known = then.Where(IsInvoiced).Select(disposition => disposition.Activity).ToHashSet();
            Add(adjusted.Now.Dispositions.Where(disposition => IsInvoiced(disposition) && !known.Contains(disposition.Activity)), line => line.Adjusts?.Period == adjusted.Now.Period);
        }

        return [.. entries.Values.OrderBy(entry => entry.Activity.ExternalId, StringComparer.Ordinal)];

        void Add(IEnumerable<Disposition> dispositions, Func<RatedLine, bool> isOfPeriod)
        {
            var lines = bill.Invoices.Select(invoice => (invoice.Currency, invoice.Part, Lines: invoice.Lines.Where(isOfPeriod).Select(line => line.Description).ToHashSet())).ToList();
            foreach (var shares in dispositions.Where(disposition => IsOf(disposition.Activity, source)).GroupBy(disposition => disposition.Activity))
            {
                var could = lines.Count == 1 ? lines : [.. lines.Where(invoice => shares.Any(share => share.Kind == DispositionKind.Billed && invoice.Lines.Contains(share.Detail ?? "")))];
                var isTold = could.Count == 1;
                var of = (isTold ? could : lines)[0];
                if (of.Currency == currency && of.Part == part)
                {
                    entries.TryAdd(shares.Key, new Entry(shares.Key, isTold));
                }
            }
        }
    }

    private static bool IsOf(RecordId id, string source) => id.Kind == RecordKind.Time && id.Source == source;

    private static bool IsInvoiced(Disposition disposition) => disposition.Kind is DispositionKind.Billed or DispositionKind.Covered;
}
