using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /project/projects</c></summary>
internal static class Projects
{
    private static readonly Dictionary<string, bool> MethodsThatAreFixed = new(StringComparer.Ordinal)
    {
        ["ActualRates"] = false,
        ["FixedFee"] = true,
        ["NotToExceed"] = false,
        ["OverrideRate"] = false,
    };

    public static Project Read(JsonRecord json) => new()
    {
        Id = json.RecordId(RecordKind.Project),
        Revision = json.Revision(),
        Name = json.Text("name"),
        CompanyId = json.ReferenceId("company"),
        IsFixedFee = json.Word("billingMethod", MethodsThatAreFixed),
        PurchaseOrder = json.OptionalText("customerPO"),
    };
}
