using MspBilling.Core.Capture;

namespace MspBilling.Core.Reports;

/// <summary>Where the sides of a product do not agree, and by how much.</summary>
/// <remarks>
/// <para>
/// The reference is what the vendors bill; where no vendor is known, what is in use. With 45 bought, 47 in use, 40 agreed and invoiced: 5 are under-billed (45 - 40), and 2 are
/// used beyond what is bought (47 - 45), which no invoice could have. With 40 bought and in use and 45 invoiced, 5 are over-billed; with 45 in use they are not, and 5 have to be bought.
/// </para>
/// <para>
/// Twice is told from too much by what would be left: where an invoiced item, or a purchase, is no more than the surplus, the rest agrees without it. Without a reference,
/// two items that are alike in all but their id are twice. What is in no agreement is asked about when something of ours is called alike, and is else bought and not sold.
/// </para>
/// </remarks>
internal static class Discrepancies
{
    /// <param name="Surplus">What there is once too often, where that is what is the matter.</param>
    /// <param name="Beyond">Of the difference, what could be invoiced; null for all of it.</param>
    internal readonly record struct Found(DiscrepancyKind Kind, decimal Difference, decimal Larger, AgreedProduct? Surplus = null, VendorProduct? Purchase = null, decimal? Beyond = null);

    /// <param name="isAlike">Whether something of ours is called alike.</param>
    public static IEnumerable<Found> Of(ReconciledProduct row, bool isAlike)
    {
        if (!row.IsOurs && row.Invoiced == 0)
        {
            return row.Bought is > 0 and var bought ? [new Found(isAlike ? DiscrepancyKind.ToConfirm : DiscrepancyKind.BoughtNotSold, bought, bought)]
                : row.Bought is null && isAlike && row.InUse is > 0 and var used ? [new Found(DiscrepancyKind.ToConfirm, used, used)]
                : [];
        }

        return [.. OfInvoice(row), .. OfUse(row)];
    }

    private static IEnumerable<Found> OfInvoice(ReconciledProduct row)
    {
        var (invoiced, held, standing) = (row.Invoiced, row.Held, row.Standing);
        if (row.Reference is not { } reference)
        {
            return Alike(standing) is { } twin ? [new Found(DiscrepancyKind.BilledTwice, twin.Quantity, invoiced, twin)] : [];
        }

        if (row.Bought is > 0 && standing.Count == 0 && invoiced == 0)
        {
            return [new Found(row.Items.Count > 0 ? DiscrepancyKind.EndedStillBought : DiscrepancyKind.BoughtNotSold, reference, reference)];
        }

        if (row.Bought <= 0 && invoiced > 0)
        {
            return [new Found(DiscrepancyKind.SoldNotBought, invoiced, invoiced)];
        }

        if (reference > 0 && standing.Count > 0 && row.Agreed == 0 && invoiced == 0)
        {
            return [new Found(DiscrepancyKind.ZeroQuantity, reference, reference)];
        }

        return reference > invoiced ? TooLittle(row, reference, held) : TooMuch(row);
    }

    private static IEnumerable<Found> TooLittle(ReconciledProduct row, decimal reference, decimal held)
    {
        var waits = Math.Min(held, reference - row.Invoiced);
        if (waits > 0)
        {
            yield return new Found(DiscrepancyKind.HeldNotInvoiced, waits, reference);
        }

        var lacking = reference - row.Invoiced - waits;
        if (lacking <= 0)
        {
            yield break;
        }

        var spare = row.Invoiced > 0 && row.Vendors.Count > 1 ? row.Vendors.FirstOrDefault(vendor => vendor.Quantity == lacking) : null;
        yield return spare is null ? new Found(DiscrepancyKind.UnderBilled, lacking, reference) : new Found(DiscrepancyKind.BoughtTwice, lacking, reference, Purchase: spare);
    }

    private static IEnumerable<Found> TooMuch(ReconciledProduct row)
    {
        // What is in use beyond what is bought has to be bought, and is no reason to invoice less.
        var there = Math.Max(row.Reference ?? 0, row.InUse ?? 0);
        var surplus = row.Invoiced - there;
        if (surplus <= 0)
        {
            yield break;
        }

        var charges = row.Standing.Count(item => item.Invoiced > 0) + row.Vendors.Count(vendor => vendor.Invoiced > 0) + row.Used.Count(used => used.Invoiced > 0);
        var twice = charges < 2 || there == 0 ? null
            : row.Standing.Where(item => item.Invoiced > 0 && item.Invoiced <= surplus).OrderByDescending(item => item.Invoiced).ThenByDescending(item => item.From).ThenBy(item => item.Item, StringComparer.Ordinal).FirstOrDefault();
        yield return twice is null
            ? new Found(DiscrepancyKind.OverBilled, surplus, row.Invoiced)
            : new Found(DiscrepancyKind.BilledTwice, twice.Invoiced, row.Invoiced, twice);
        if (twice is not null && surplus > twice.Invoiced)
        {
            yield return new Found(DiscrepancyKind.OverBilled, surplus - twice.Invoiced, row.Invoiced);
        }
    }

    private static IEnumerable<Found> OfUse(ReconciledProduct row)
    {
        if (ReconciledProduct.There(row.Bought) is { } bought && row.InUse is { } used && used > bought)
        {
            yield return new Found(DiscrepancyKind.UsedBeyondBought, used - bought, used, Beyond: Math.Max(0, used - Math.Max(row.Invoiced + row.Held, bought)));
        }
    }

    private static AgreedProduct? Alike(IReadOnlyList<AgreedProduct> standing) => standing
        .Where(item => item is { IsAddition: true, Invoiced: > 0 })
        .GroupBy(item => (item.AgreementId, item.Name, item.Quantity, item.Price))
        .Where(group => group.Count() > 1)
        .Select(group => group.OrderBy(item => item.From).ThenBy(item => item.Item, StringComparer.Ordinal).Last())
        .FirstOrDefault();
}
