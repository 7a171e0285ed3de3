using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Reports;

/// <summary>What settles a discrepancy, said so that it can be done: which addition or line, from which day, to which number, or which name to map.</summary>
/// <remarks>
/// A quantity changes on the day since which the other side is what it is, else with the period, and never before the item begins. The PSA's additions are changed in the
/// PSA, which is their master; of an agreement of the MSP's own the whole document is given with a version from that day, to be put as it is. Where its last version
/// begins on that day or has an end, there is none, as a stored version is never edited.
/// </remarks>
internal sealed class SettlingActions(ReconciledProduct row, Period period, string psa, IReadOnlyDictionary<string, AgreementDocument> documents)
{
    private DateOnly Since => row.Since ?? period.Start;

    public IReadOnlyList<SettlingAction> Of(Discrepancies.Found found, IReadOnlyList<Suggestion> suggestions) =>
        [.. Own(found, suggestions), new SettlingAction(SettlingKind.Accept, "Accept it with a reason, up to this difference, as long as you say.")];

    /// <summary>The day on which a quantity would change.</summary>
    public DateOnly DayOf(AgreedProduct? item) => item is not null && item.From > Since ? item.From : Since;

    private IEnumerable<SettlingAction> Own(Discrepancies.Found found, IReadOnlyList<Suggestion> suggestions) => found.Kind switch
    {
        DiscrepancyKind.UnderBilled or DiscrepancyKind.ZeroQuantity => [row.Main is { } item ? Change(item, item.Quantity + found.Difference) : Add(found.Difference)],
        DiscrepancyKind.OverBilled => [row.Main is { } item ? Change(item, Math.Max(0, item.Quantity - found.Difference)) : Purchase(found.Difference, "Order", "more"), .. MapRow()],
        DiscrepancyKind.BilledTwice => [Change(found.Surplus!, 0)],
        DiscrepancyKind.BoughtTwice => [new SettlingAction(SettlingKind.ChangePurchase, $"Cancel {Text(found.Difference)} of {found.Purchase!.Name} ({found.Purchase.Sku}) at {found.Purchase.Vendor}, or add them to the agreement.", Quantity: 0)],
        DiscrepancyKind.BoughtNotSold => [Add(found.Difference), .. MapRow()],
        DiscrepancyKind.SoldNotBought => [.. row.Standing.Select(item => Change(item, 0)), Purchase(found.Difference, "Order", "of it"), .. MapNames()],
        DiscrepancyKind.EndedStillBought => [Purchase(found.Difference, "Cancel", "of it"), Add(found.Difference)],
        DiscrepancyKind.HeldNotInvoiced => [new SettlingAction(SettlingKind.Release, $"Settle what holds {string.Join(", ", row.Standing.Where(item => item.Held > 0).Select(item => $"addition {item.Item} of {item.AgreementName}"))}: the holds say what does.")],
        DiscrepancyKind.UsedBeyondBought => [Purchase(found.Difference, "Order", "more")],
        DiscrepancyKind.ToConfirm => [.. suggestions.SelectMany(suggestion => MapRow(suggestion))],
        _ => [],
    };

    private SettlingAction Change(AgreedProduct item, decimal quantity)
    {
        var from = DayOf(item);
        var change = string.Create(CultureInfo.InvariantCulture, $"from {Text(item.Quantity)} to {Text(quantity)} from {from:yyyy-MM-dd}");
        if (item.IsAddition)
        {
            return new SettlingAction(
                SettlingKind.ChangeQuantity, $"In {psa}, on the agreement {item.AgreementName}, change addition {item.Item} ({item.Name}) {change}: end it on the day before and add it with the new quantity.", item.AgreementId, item.Item, from, quantity);
        }

        var document = documents.TryGetValue(item.AgreementId, out var stored) ? Changed(stored, item.Item, from, quantity) : null;
        var words = document is not null
            ? $"Put the agreement {item.AgreementName} with a version that changes its line {item.Item} {change}."
            : $"Change the line {item.Item} of the agreement {item.AgreementName} {change}; its last version begins no earlier or has an end, so make the version by hand.";
        return new SettlingAction(SettlingKind.ChangeQuantity, words, item.AgreementId, item.Item, from, quantity, Agreement: document);
    }

    private SettlingAction Add(decimal quantity) => new(
        SettlingKind.AddToAgreement,
        string.Create(CultureInfo.InvariantCulture, $"Add {Text(quantity)} x {row.Name} to an agreement of the client, in {psa} or in one of your own, from {Since:yyyy-MM-dd}."),
        From: Since,
        Quantity: quantity);

    private SettlingAction Purchase(decimal quantity, string what, string words)
    {
        var vendors = row.Vendors.Select(vendor => vendor.Vendor).Distinct().ToList();
        return new SettlingAction(SettlingKind.ChangePurchase, $"{what} {Text(quantity)} {words} at {(vendors.Count > 0 ? string.Join(" or ", vendors) : "the vendor")}: {row.Name}.", Quantity: quantity);
    }

    /// <summary>Each name that vendors and tools have for it and that nobody has mapped.</summary>
    private IEnumerable<SettlingAction> MapRow(Suggestion? suggestion = null) => row.IsOurs ? [] : row.Vendors.Select(vendor => (Source: vendor.Vendor, vendor.Sku, vendor.Name))
        .Concat(row.Used.Select(used => (used.Source, used.Sku, used.Name)))
        .Select(name => new SettlingAction(
            SettlingKind.Map,
            suggestion is null ? $"If it is one of your products, say which: map {name.Source} {name.Sku}." : $"If {name.Name} of {name.Source} is {suggestion.Name}, say so: map {name.Source} {name.Sku} to {suggestion.Id}.",
            Mapping: new ProductMapping(name.Source, name.Sku, suggestion?.Id)));

    // What is sold and not bought may be bought under a name that is not mapped, or for an account that is not.
    private static IEnumerable<SettlingAction> MapNames() => [new SettlingAction(SettlingKind.Map, "If it is bought under another name or account, map that.")];

    private static AgreementDocument? Changed(AgreementDocument stored, string lineId, DateOnly from, decimal quantity)
    {
        var last = stored.Versions[^1];
        if (last.InForce.End != Period.NoEnd || from <= last.InForce.Start)
        {
            return null;
        }

        return stored with
        {
            Versions =
            [
                .. stored.Versions.SkipLast(1),
                last with { InForce = new Period(last.InForce.Start, from) },
                last with { Number = last.Number + 1, InForce = new Period(from, Period.NoEnd), Lines = [.. last.Lines.Select(line => line.Id == lineId ? Changed((RecurringLine)line, from, quantity) : line)] },
            ],
        };
    }

    private static RecurringLine Changed(RecurringLine line, DateOnly from, decimal quantity)
    {
        var steps = ((AgreedQuantity)line.Quantity).Steps;
        return line with { Quantity = new AgreedQuantity([.. steps.Where(step => step.From < from), new QuantityStep(from, quantity), .. steps.Where(step => step.From > from)]) };
    }

    private static string Text(decimal quantity) => Figures.Quantity(quantity);
}
