using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /Projects/{id}?includedetails=true</c>: a project with its milestones</summary>
/// <remarks>
/// Halo does not say how a project is billed: where a milestone has a price (<c>milestone_value</c>), the project's time is paid by its milestones, unless the
/// settings say otherwise. A milestone is completed on the day on which it was processed (<c>processed_date</c>). One with an invoice number that is not ours
/// was billed in Halo. Its id is <c>project/milestone</c>, as it is asked for by its project.
/// </remarks>
internal static class Projects
{
    public static IReadOnlyList<CapturedRecord> Read(HaloPage page, ProblemList problems)
    {
        // Looked at twice: a file's list is read from its start each time.
        var projects = RecordArray.Read(page.Rows, problems, json => Project(json, page.Reading));
        return [.. projects, .. page.Rows.SelectMany(project => RecordArray.Read(project.Records("milestones"), problems, json => Milestone(json, project, page.Reading)))];
    }

    private static Project Project(JsonRecord json, HaloReading reading)
    {
        var id = json.IdText("id");
        return new Project
        {
            Id = HaloFields.RecordId(RecordKind.Project, id),
            Revision = json.Moment("last_update", reading),
            Name = json.OptionalText("summary") ?? "Project " + id,
            CompanyId = json.IdText("client_id"),
            IsFixedFee = reading.PricedProjectsAreFixedFee && json.Records("milestones").Any(milestone => milestone.OptionalNumber("milestone_value") > 0),
        };
    }

    private static Milestone Milestone(JsonRecord json, JsonRecord project, HaloReading reading)
    {
        var (projectId, id) = (project.IdText("id"), json.IdText("id"));
        var completed = json.Day("processed_date");
        var number = json.InvoiceNumber("invoicenumber");
        return new Milestone
        {
            Id = HaloFields.RecordId(RecordKind.Milestone, $"{projectId}/{id}"),
            Revision = project.Moment("last_update", reading),
            ProjectId = projectId,
            Name = json.OptionalText("name") ?? "Milestone " + id,
            IsCompleted = completed is not null,
            CompletedOn = completed,
            Amount = json.OptionalNumber("milestone_value", 0) is > 0 and var value ? value : null,
            Option = number is not null && !reading.IsOurs(number) ? BillingOption.DoNotBill : BillingOption.Default,
        };
    }
}
