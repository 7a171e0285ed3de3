using MspBilling.Adapters.Agreements;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>How invoices are made, of the MSP or of one client: <c>{"split":"agreement","from":"2024-09-01","cycle":"quarterly","firstMonth":1,"graceDays":3}</c>.</summary>
internal static class BillingForm
{
    private const int MostGraceDays = 60;

    private static readonly Dictionary<string, int> Cycles = new(StringComparer.Ordinal) { ["monthly"] = 1, ["quarterly"] = 3, ["halfYearly"] = 6, ["yearly"] = 12 };

    public static BillingSettings? ReadOptional(JsonRecord parent)
    {
        if (parent.OptionalRecord("billing") is not { } json)
            return null;

        var billing = new BillingSettings
        {
            Split = json.OptionalChoice<InvoiceSplit>("split"),
            From = json.OptionalDate("from"),
            CycleMonths = json.OptionalWord("cycle", Cycles),
            FirstMonth = (int?)json.OptionalWhole("firstMonth", 1, 12),
            GraceDays = (int?)json.OptionalWhole("graceDays", 0, MostGraceDays),
        };
        if (billing.From is { Day: not 1 })
            json.Problem("from", "the first day of a month");
        json.RefuseOthers();
        return billing;
    }
}
