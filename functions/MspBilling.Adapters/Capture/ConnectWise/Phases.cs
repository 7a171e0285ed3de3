using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /project/projects/{id}/phases</c></summary>
/// <remarks>
/// A milestone is a phase with <c>markAsMilestoneFlag</c>; other phases are nothing that is billed. It is completed on the
/// date of <c>actualEnd</c> when its status is Completed or Closed, or one that the page names: a date alone may be a plan that slipped.
/// </remarks>
internal static class Phases
{
    public const string List = "phases";
    public const string CompletedStatuses = "completedStatuses";

    /// <param name="page"><c>{"completedStatuses":["Completed","Closed"],"phases":[…]}</c>; null for a file that is the vendor's list.</param>
    public static Func<JsonRecord, CapturedRecord?> Of(JsonRecord? page)
    {
        var completed = page is not null && page.Has(CompletedStatuses) ? page.Texts(CompletedStatuses) : ConnectWiseOptions.UsualCompletedStatuses;
        return json => Read(json, completed);
    }

    private static Milestone? Read(JsonRecord json, IReadOnlyList<string> completed)
    {
        if (!json.Flag("markAsMilestoneFlag"))
            return null;

        var ended = json.OptionalDate("actualEnd");
        var isCompleted = json.OptionalReferenceName("status") is { } status && completed.Contains(status, StringComparer.Ordinal);
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
