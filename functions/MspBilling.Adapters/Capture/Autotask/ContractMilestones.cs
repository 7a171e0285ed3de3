using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>ContractMilestones</c> of fixed-price contracts</summary>
/// <remarks>
/// A milestone belongs to the contract, and to the contract's project where it has just one. It is completed when its status is one that may be billed, on
/// <c>dateDue</c>: Autotask tells no other day. What Autotask has billed is not billed again.
/// </remarks>
internal static class ContractMilestones
{
    public static Milestone Read(AutotaskRow row, AutotaskPage page)
    {
        var contract = row.IdText("contractID");
        var projects = page.Referring("projects", "contractID", contract).Take(2).ToList();
        var status = page.Label("ContractMilestones.status", row.Id("status"));
        var isBilled = page.Reading.BilledMilestoneStatuses.Contains(status, StringComparer.OrdinalIgnoreCase);
        var isCompleted = isBilled || page.Reading.ReadyMilestoneStatuses.Contains(status, StringComparer.OrdinalIgnoreCase);
        return new Milestone
        {
            Id = row.RecordId(RecordKind.Milestone),
            AgreementId = contract,
            ProjectId = projects is [var project] ? project.IdText("id") : null,
            Name = row.Text("title"),
            IsCompleted = isCompleted,
            CompletedOn = isCompleted ? row.OptionalDate("dateDue") : null,
            Amount = row.Number("amount"),
            Option = isBilled ? BillingOption.BilledElsewhere : BillingOption.Billable,
            PurchaseOrder = page.Find("contracts", contract)?.OptionalText("purchaseOrderNumber"),
        };
    }
}
