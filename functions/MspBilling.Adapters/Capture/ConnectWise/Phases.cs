using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /project/projects/{id}/phases</c></summary>
/// <remarks>
/// A milestone is a phase with <c>markAsMilestoneFlag</c>; other phases are nothing that is billed. It is completed on the
/// date of <c>actualEnd</c> when its status is Completed or Closed: a date alone may be a plan that slipped.
/// </remarks>
internal static class Phases
{
    public static Milestone? Read(JsonRecord json)
    {
        if (!json.Flag("markAsMilestoneFlag"))
            return null;

        var ended = json.OptionalDate("actualEnd");
        var isCompleted = json.OptionalReferenceName("status") is "Completed" or "Closed";
        return new Milestone
        {
            Id = json.RecordId(RecordKind.Milestone),
            Revision = json.Revision(),
            ProjectId = json.IdText("projectId"),
            Name = json.Text("description"),
            IsCompleted = isCompleted,
            CompletedOn = isCompleted ? ended : null,
            Amount = json.OptionalNumber("poAmount", 0),
            Option = json.Option("billTime"),
            PurchaseOrder = json.OptionalText("poNumber"),
        };
    }
}
