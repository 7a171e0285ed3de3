using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /time/entries</c></summary>
/// <remarks>
/// Hours are <c>actualHours</c>, what was worked. <c>hoursBilled</c> is after the PSA's own minimum and rounding by work type:
/// rounding that by the agreement's minimum and increment again would charge time twice over. <c>status</c> stays the PSA's
/// word, because which of its words count as approved is a setting.
/// </remarks>
internal static class TimeEntries
{
    public static TimeEntry Read(JsonRecord json)
    {
        var company = json.Reference("company");
        var technician = json.Reference("member");
        var role = json.OptionalRecord("workRole");
        var ticket = json.OptionalRecord("ticket");
        var project = json.OptionalRecord("project");
        return new TimeEntry
        {
            Id = json.RecordId(RecordKind.Time),
            Revision = json.Revision(),
            CompanyId = company.Id,
            CompanyName = company.Name,
            AgreementId = json.OptionalReferenceId("agreement"),
            TechnicianId = technician.Id,
            TechnicianName = technician.Name,
            RoleId = role?.IdText("id"),
            RoleName = role?.OptionalText("name"),
            WorkType = json.OptionalReferenceName("workType"),
            Start = json.Instant("timeStart"),
            Hours = json.Number("actualHours", 0),
            Option = json.Option("billableOption"),
            Status = json.Text("status"),
            TicketId = ticket?.IdText("id"),
            TicketSummary = ticket?.OptionalText("summary"),
            ProjectId = project?.IdText("id"),
            ProjectName = project?.OptionalText("name"),
            Notes = json.OptionalText("notes"),
        };
    }
}
