using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /finance/agreements/{id}/additions</c></summary>
/// <remarks>
/// In force from <c>effectiveDate</c>; <c>cancelledDate</c> is the first day that is not charged: [1 Sep, 15 Sep) is 14 days.
/// A new price is usually a new addition, so two rows of one product meet on that day without a gap or an overlap.
/// </remarks>
internal static class Additions
{
    private static readonly Dictionary<string, BillingOption> BillingWords = new(StringComparer.Ordinal)
    {
        ["Billable"] = BillingOption.Billable,
        ["DoNotBill"] = BillingOption.DoNotBill,
        ["NoCharge"] = BillingOption.NoCharge,
    };

    public static Addition Read(JsonRecord json)
    {
        var sku = json.Record("product")?.Text("identifier") ?? "";
        return new Addition
        {
            Id = json.RecordId(RecordKind.Addition),
            Revision = json.Revision(),
            AgreementId = json.IdText("agreementId"),
            Sku = sku,
            Description = json.OptionalText("invoiceDescription") ?? json.OptionalText("description") ?? sku,
            Quantity = json.Number("quantity"),
            LessIncluded = json.OptionalNumber("lessIncluded") ?? 0,
            UnitPrice = json.Number("unitPrice"),
            UnitCost = json.OptionalNumber("unitCost") ?? 0,
            Option = json.Word("billCustomer", BillingWords),
            InForce = ConnectWiseFields.InForce(json.Date("effectiveDate"), json.OptionalDate("cancelledDate")),
            Prorate = json.Flag("prorateCurrentPeriodFlag"),
        };
    }
}
