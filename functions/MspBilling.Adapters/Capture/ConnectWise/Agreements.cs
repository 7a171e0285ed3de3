using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /finance/agreements</c></summary>
/// <remarks>
/// In force from <c>startDate</c> through <c>endDate</c>, that day included, and without end where <c>noEndingDateFlag</c> is
/// set or there is no such date. A cancelled agreement is not in force on <c>dateCancelled</c> any more. Dates are taken as
/// written, without their time. <c>applicationLimit</c> counts as included hours only when its units are hours; without a
/// limit (<c>applicationUnlimitedFlag</c>) the agreement covers all time.
/// </remarks>
internal static class Agreements
{
    private static readonly Dictionary<string, bool> UnitsThatAreHours =
        new Dictionary<string, bool> { ["Amount"] = false, ["Hours"] = true, ["Incidents"] = false };

    public static PsaAgreement Read(JsonRecord json)
    {
        var start = json.Date("startDate");
        var end = json.Flag("noEndingDateFlag") ? null : json.DayAfter("endDate", start);
        var cancelled = json.OptionalDate("dateCancelled");
        if (json.Flag("cancelledFlag"))
        {
            if (cancelled is null)
                json.Problem("dateCancelled", "a date, because cancelledFlag is true");
            else if (end is null || cancelled < end)
                end = cancelled;
        }

        var areHours = json.OptionalWord("applicationUnits", UnitsThatAreHours) ?? false;
        var limit = json.OptionalNumber("applicationLimit", 0);
        var isUnlimited = json.Flag("applicationUnlimitedFlag");
        return new PsaAgreement
        {
            Id = json.RecordId(RecordKind.Agreement),
            Revision = json.Revision(),
            CompanyId = json.ReferenceId("company"),
            Name = json.Text("name"),
            TypeName = json.Reference("type").Name ?? "",
            Term = ConnectWiseFields.InForce(start, end),
            MonthlyFee = json.OptionalNumber("billAmount", 0),
            Prorate = json.Flag("prorateFlag"),
            BillingCycle = json.OptionalReferenceName("billingCycle"),
            IncludedHours = areHours && !isUnlimited && limit > 0 ? limit : null,
            IncludedHoursCycle = json.OptionalText("applicationCycle"),
            CoversAllTime = areHours && isUnlimited,
            CurrencyName = json.OptionalReferenceName("currency"),
            PurchaseOrder = json.OptionalText("customerPO"),
            Site = json.OptionalReferenceName("site"),
        };
    }
}
