namespace MspBilling.Core.Invoicing;

/// <summary>Whether an invoice bills agreements without a purchase order to a client that pays on a purchase order only.</summary>
internal static class PurchaseOrderCheck
{
    public const string Code = "missing-purchase-order";

    public static IEnumerable<Objection> Of(IssueCase @case)
    {
        if (@case.Client is not { PurchaseOrderRequired: true })
        {
            return [];
        }

        var billed = @case.Bill.Invoices.SelectMany(invoice => invoice.Lines).Select(line => line.AgreementId).ToHashSet(StringComparer.Ordinal);
        var ordered = @case.Agreements.Where(agreement => !string.IsNullOrWhiteSpace(agreement.PurchaseOrder)).Select(agreement => agreement.Id).ToHashSet(StringComparer.Ordinal);
        var names = @case.Bill.Invoices.SelectMany(invoice => invoice.Lines).Where(line => !ordered.Contains(line.AgreementId)).Select(line => line.AgreementName).Distinct().Order(StringComparer.Ordinal).ToList();
        return billed.IsSubsetOf(ordered)
            ? []
            : [new Objection(Code, $"{string.Join(", ", names)} {(names.Count == 1 ? "has" : "have")} no purchase order, and {@case.Bill.ClientName} pays on one only. Set it on the agreement, then close {@case.Bill.Period} again.")];
    }
}
