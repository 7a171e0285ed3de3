using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /time/entries</c></summary>
/// <remarks>
/// Hours are <c>actualHours</c>, what was worked, unless the page says otherwise. <c>hoursBilled</c> is after the PSA's own minimum and rounding by
/// work type: rounding that by the agreement's minimum and increment again would charge time twice over. <c>status</c> stays the PSA's
/// word, because which of its words count as approved is a setting. The board is that of the ticket beside the entries, else what newer versions say
/// themselves (<c>ticketBoard</c>); a record is as new as the newer of its entry and its ticket.
/// </remarks>
internal static class TimeEntries
{
    public const string List = "timeEntries";
    public const string Tickets = "tickets";
    public const string HoursField = "hours";
    public const string WorkedHours = "actualHours";

    private readonly record struct TicketFacts(string? Board, DateTimeOffset? Revision);

    /// <summary>Fields that hours can be read from, by their names.</summary>
    public static IReadOnlyDictionary<string, bool> HoursFields { get; } = new Dictionary<string, bool>(StringComparer.Ordinal)
    {
        [WorkedHours] = true,
        ["hoursBilled"] = true,
        ["invoiceHours"] = true,
    };

    /// <param name="page"><c>{"hours":"actualHours","timeEntries":[…],"tickets":[…]}</c>; null for a file that is the vendor's list.</param>
    public static Func<JsonRecord, CapturedRecord?> Of(JsonRecord? page)
    {
        var hours = page?.OptionalWord(HoursField, HoursFields) is null ? WorkedHours : page.Text(HoursField);
        var tickets = new Dictionary<string, TicketFacts>(StringComparer.Ordinal);
        foreach (var ticket in page?.Records(Tickets) ?? [])
            tickets[ticket.IdText("id")] = new TicketFacts(ticket.OptionalReferenceName("board"), ticket.Revision());
        return json => Read(json, hours, tickets);
    }

    private static TimeEntry Read(JsonRecord json, string hours, Dictionary<string, TicketFacts> tickets)
    {
        var company = json.Reference("company");
        var technician = json.Reference("member");
        var role = json.OptionalRecord("workRole");
        var ticket = json.OptionalRecord("ticket");
        var ticketId = ticket?.IdText("id");
        var project = json.OptionalRecord("project");
        var start = json.Instant("timeStart");
        var end = json.OptionalInstant("timeEnd");
        var revision = json.Revision();
        var facts = ticketId is null ? default : tickets.GetValueOrDefault(ticketId);
        return new TimeEntry
        {
            Id = json.RecordId(RecordKind.Time),
            Revision = revision is null || facts.Revision > revision ? facts.Revision ?? revision : revision,
            CompanyId = company.Id,
            CompanyName = company.Name,
            AgreementId = json.OptionalReferenceId("agreement"),
            TechnicianId = technician.Id,
            TechnicianName = technician.Name,
            RoleId = role?.IdText("id"),
            RoleName = role?.OptionalText("name"),
            WorkType = json.OptionalReferenceName("workType"),
            Start = start,

            // Time can be entered as hours alone, with an end that says nothing.
            End = end > start ? end : null,
            Hours = json.Number(hours, 0),
            Option = json.SettledOption("billableOption"),
            Status = json.Text("status"),
            TicketId = ticketId,
            TicketSummary = ticket?.OptionalText("summary"),
            Board = facts.Board ?? json.OptionalText("ticketBoard"),
            ProjectId = project?.IdText("id"),
            ProjectName = project?.OptionalText("name"),
            PhaseName = json.OptionalReferenceName("phase"),
            Notes = json.OptionalText("notes"),
        };
    }
}
