using static MspBilling.Tests.Documents.EInvoice.CoreRules;

namespace MspBilling.Tests.Documents.EInvoice;

/// <summary>The rules of Peppol BIS Billing 3.0 beyond those of EN 16931, as far as they touch what is written here.</summary>
internal static class PeppolRules
{
    public static IReadOnlyList<Rule> All { get; } =
    [
        new("PEPPOL-EN16931-R001", "A business process (BT-23)", i => i.Process is not null),
        new("PEPPOL-EN16931-R002", "No more than one note (BT-22)", i => i.Notes.Count <= 1),
        new("PEPPOL-EN16931-R003", "A buyer reference (BT-10) or an order (BT-13)", i => i.BuyerReference is not null || i.Order is not null),
        new("PEPPOL-EN16931-R004", "The specification identifier of Peppol (BT-24)", i => i.Specification?.StartsWith("urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0", StringComparison.Ordinal) == true),
        new("PEPPOL-EN16931-R005", "An accounting currency other than the invoice's (BT-6)", i => i.TaxCurrency is null || i.TaxCurrency != i.Currency),
        new("PEPPOL-EN16931-R007", "The process by its form (BT-23)", i => i.Process?.Split(':') is ["urn", "fdc", "peppol.eu", "2017", "poacc", "billing", { Length: 2 }, "1.0"]),
        new("PEPPOL-EN16931-R010", "The buyer's electronic address (BT-49)", i => i.Buyer?.Endpoint is not null),
        new("PEPPOL-EN16931-R020", "The seller's electronic address (BT-34)", i => i.Seller?.Endpoint is not null),
        new("PEPPOL-EN16931-CL008", "Electronic addresses that Peppol delivers to", i => new[] { i.Seller?.EndpointScheme, i.Buyer?.EndpointScheme }.OfType<string>().All(scheme => scheme.All(char.IsAsciiDigit))),
        new("PEPPOL-EN16931-R043", "True or false for a charge", i => i.Allowances.Concat(i.Lines.SelectMany(l => l.Allowances)).All(a => a.Indicator is "true" or "false")),
        new("PEPPOL-EN16931-R051", "All amounts in the invoice's currency", i => i.AmountCurrencies.All(code => code == i.Currency)),
        new("PEPPOL-EN16931-R053", "One VAT total with breakdowns", i => i.Totals.VatTotals == 1),
        new("PEPPOL-EN16931-R054", "One without, where there is an accounting currency, else none", i => i.Totals.AccountingVats == (i.TaxCurrency is null ? 0 : 1)),
        new("PEPPOL-EN16931-R055", "Both of one sign (BT-110, BT-111)", i => Of(i.Totals.Vat) * Of(i.Totals.AccountingVat) >= 0),
        new("PEPPOL-EN16931-R110", "Lines begin in the invoice's period (BT-134)", i => i.Lines.All(l => string.CompareOrdinal(l.Start, i.PeriodStart) >= 0)),
        new("PEPPOL-EN16931-R111", "Lines end in the invoice's period (BT-135)", i => i.Lines.All(l => string.CompareOrdinal(l.End, i.PeriodEnd) <= 0)),
        new("PEPPOL-EN16931-R120", "BT-131 = BT-129 x BT-146 / BT-149 + charges - allowances", i => i.Lines.All(IsMultiplied)),
        new("PEPPOL-EN16931-R121", "A base quantity above 0 (BT-149)", i => i.Lines.All(l => l.BaseQuantity is null || Of(l.BaseQuantity) > 0)),
        new("PEPPOL-EN16931-R130", "The base quantity's unit is the quantity's (BT-150)", i => i.Lines.All(l => l.BaseUnitCode is null || l.BaseUnitCode == l.UnitCode)),
        new("PEPPOL-COMMON-R040", "A GLN has its check digit", i => new[] { i.Seller, i.Buyer }.All(p => p?.EndpointScheme != "0088" || IsGln(p.Endpoint ?? ""))),
    ];

    // Half a cent, not Peppol's two: what is written is multiplied exactly and rounded once. A yen is left those two.
    private static bool IsMultiplied(ReadLine line)
    {
        var exact = (Of(line.Quantity) * Of(line.Price) / (line.BaseQuantity is null ? 1 : Of(line.BaseQuantity))) + Charged(line, "true") - Charged(line, "false");
        return Math.Abs(Of(line.Net) - exact) <= (line.Net?.Contains('.', StringComparison.Ordinal) == true ? 0.005m : 0.02m);
    }

    private static decimal Charged(ReadLine line, string indicator) => line.Allowances.Where(a => a.Indicator == indicator).Sum(a => Of(a.Amount));

    private static bool IsGln(string id) => id.Length == 13 && id.All(char.IsAsciiDigit) && id.Select((c, index) => (c - '0') * (index % 2 == 0 ? 1 : 3)).Sum() % 10 == 0;
}
