using MspBilling.Core.Clients;

namespace MspBilling.Core.Documents.EInvoice;

/// <summary>The VAT of a document by category and rate (BG-23), with what a discount on the whole document takes off each (BG-20).</summary>
/// <remarks>
/// A document's discount has no line of its own, so it is the difference between the lines of a rate and what the tax was taken of: lines of 100.00 and 50.00 at
/// 23 % with a base of 135.00 have an allowance of 15.00. The allowances have to come to the discount that is printed.
/// </remarks>
internal static class VatBreakdowns
{
    /// <summary>The categories that say why no VAT is charged by a code of the European Commission's VATEX list.</summary>
    private static readonly Dictionary<TaxCategory, string> ReasonCodes = new()
    {
        [TaxCategory.ReverseCharge] = "VATEX-EU-AE",
        [TaxCategory.IntraCommunity] = "VATEX-EU-IC",
        [TaxCategory.Export] = "VATEX-EU-G",
        [TaxCategory.OutsideScope] = "VATEX-EU-O",
    };

    public static (IReadOnlyList<VatBreakdown> Breakdown, IReadOnlyList<DocumentAllowance> Allowances) Of(
        InvoiceTotals totals, IReadOnlyList<ElectronicLine> lines, Currency currency, List<EInvoiceProblem> problems)
    {
        var taxes = totals.Taxes.ToLookup(tax => RateOf(tax.Category, tax.Percent));
        var breakdown = new List<VatBreakdown>();
        var allowances = new List<DocumentAllowance>();
        foreach (var group in lines.GroupBy(line => line.Vat))
        {
            var net = Money.Sum(group.Select(line => line.Net), currency);
            var own = taxes[group.Key].ToList();
            var taxable = own.Count == 0 ? net : Money.Sum(own.Select(tax => tax.TaxableBase), currency);
            breakdown.Add(new VatBreakdown(
                group.Key,
                taxable,
                Money.Sum(own.Select(tax => tax.Tax), currency),
                NeedsReason(group.Key.Category) ? EInvoiceText.Joined(own.Select(tax => tax.Reason).Distinct()) : null,
                ReasonCodes.GetValueOrDefault(group.Key.Category)));
            if (net != taxable)
            {
                allowances.Add(new DocumentAllowance(net - taxable, group.Key));
            }
        }

        var allowed = Money.Sum(allowances.Select(allowance => allowance.Amount), currency);
        if (allowed != -(totals.Discounts ?? Money.Zero(currency)) || totals.Taxes.Any(tax => !breakdown.Exists(b => b.Rate == RateOf(tax.Category, tax.Percent))))
        {
            problems.Add(new EInvoiceProblem("BG-23", "The lines' amounts and the amounts that VAT was taken of do not agree.", "Send the printed invoice, and report this as a fault."));
        }

        return (breakdown, allowances);
    }

    public static VatRate RateOf(TaxCategory category, decimal percent) => new(category, category == TaxCategory.OutsideScope ? null : percent);

    private static bool NeedsReason(TaxCategory category) => category is not (TaxCategory.Standard or TaxCategory.Zero);
}
