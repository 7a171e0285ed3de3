using MspBilling.Adapters.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>What of a reconciliation is raised: <c>{"thresholds":[{"client","product","quantity","percent","amount"}],"holdUntilReconciled":false,"vendors":[{"source","provider"}]}</c>.</summary>
internal static class Reconciliations
{
    private const decimal Whole = 100;

    public static ReconciliationSettings? ReadOptional(JsonRecord settings)
    {
        if (settings.OptionalRecord("reconciliation") is not { } json)
            return null;

        var reconciliation = new ReconciliationSettings(
            json.DistinctRecords("thresholds", Threshold, threshold => (threshold.Client?.ToUpperInvariant(), threshold.Product?.ToUpperInvariant()), "client", "each client and product once"),
            json.Flag("holdUntilReconciled"),
            json.DistinctRecords("vendors", record => new VendorSource(record.Text("source"), record.Text("provider")), vendor => vendor.Source, "source", "each source once", StringComparer.OrdinalIgnoreCase));
        json.RefuseOthers();
        return reconciliation;
    }

    private static ReconciliationThreshold Threshold(JsonRecord json)
    {
        var threshold = new ReconciliationThreshold(
            json.OptionalText("client"), json.OptionalText("product"), json.OptionalAbove0("quantity"), json.OptionalAbove0("percent", Whole), json.OptionalAbove0("amount"));
        if (threshold is { Quantity: null, Percent: null, Amount: null } && !json.Has("quantity") && !json.Has("percent") && !json.Has("amount"))
            json.Problem("quantity", "a quantity, a percent or an amount, from which on a discrepancy is raised");
        return threshold;
    }
}
