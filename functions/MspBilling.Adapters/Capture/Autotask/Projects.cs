using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>Projects</c>; the time of one on a fixed-price contract is paid by the contract's milestones.</summary>
internal static class Projects
{
    public static Project Read(AutotaskRow row, AutotaskPage page) => new()
    {
        Id = row.RecordId(RecordKind.Project),
        Revision = row.Instant("lastActivityDateTime"),
        Name = row.Text("projectName"),
        CompanyId = row.IdText("companyID"),
        IsFixedFee = Contracts.IsFixedPrice(page.Find("contracts", row.Id("contractID")), page),
        PurchaseOrder = row.OptionalText("purchaseOrderNumber"),
    };
}
