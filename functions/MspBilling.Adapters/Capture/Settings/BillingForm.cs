using MspBilling.Adapters.Agreements;
using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>How invoices are made, of the MSP or of one client: <c>{"split":"agreement"}</c>.</summary>
internal static class BillingForm
{
    public static BillingSettings? ReadOptional(JsonRecord parent)
    {
        if (parent.OptionalRecord("billing") is not { } json)
            return null;

        var billing = new BillingSettings { Split = json.OptionalChoice<InvoiceSplit>("split") };
        json.RefuseOthers();
        return billing;
    }
}
