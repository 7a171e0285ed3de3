using MspBilling.Adapters.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>
/// What is issued by itself and what waits: <c>{"mode":"automatic","clients":[{"client","mode","deviation","purchaseOrderRequired"}],"approvalAbove":[{"currency","net"}],
/// "deviation":{"percent","amount","periods"},"missingRecurring":false,"zeroTotal":true,"unapprovedTime":false,"purchaseOrders":[{"number","currency","limit","client"}]}</c>.
/// </summary>
internal static class IssueSettingsForm
{
    private const decimal MostPercent = 10_000;
    private const int MostPeriods = 12;

    public static IssueSettings? ReadOptional(JsonRecord settings)
    {
        if (settings.OptionalRecord("issue") is not { } json)
            return null;

        var zeroTotal = json.Flag("zeroTotal") || !json.Has("zeroTotal");
        var issue = new IssueSettings(
            json.Choice("mode", IssueMode.Automatic),
            json.DistinctRecords("clients", Client, client => client.Client, "client", "each client once", StringComparer.OrdinalIgnoreCase),
            json.DistinctRecords("approvalAbove", record => new ApprovalThreshold(record.IsoCurrency("currency"), record.Number("net", 0)), threshold => threshold.Currency, "currency", "each currency once"),
            Deviation(json),
            json.Flag("missingRecurring"),
            zeroTotal,
            json.Flag("unapprovedTime"),
            json.DistinctRecords("purchaseOrders", Order, order => (order.Client?.ToUpperInvariant(), order.Number, order.Currency), "number", "each purchase order of a client once a currency"));
        json.RefuseOthers();
        return issue;
    }

    private static ClientIssue Client(JsonRecord json) => new(
        json.Text("client"), json.OptionalWord("mode", Modes), Deviation(json), json.Flag("purchaseOrderRequired"));

    private static readonly Dictionary<string, IssueMode> Modes = new(StringComparer.Ordinal) { ["automatic"] = IssueMode.Automatic, ["approval"] = IssueMode.Approval };

    private static DeviationBound? Deviation(JsonRecord settings)
    {
        if (settings.OptionalRecord("deviation") is not { } json)
            return null;

        var bound = new DeviationBound(json.Above0("percent", MostPercent), json.OptionalAbove0("amount"), (int)(json.OptionalWhole("periods", 1, MostPeriods) ?? 3));
        json.RefuseOthers();
        return bound;
    }

    private static PurchaseOrderLimit Order(JsonRecord json) => new(json.Text("number"), json.IsoCurrency("currency"), json.Above0("limit"), json.OptionalText("client"));
}
