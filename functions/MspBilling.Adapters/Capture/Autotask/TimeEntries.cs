using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>TimeEntries</c> with the rows that they refer to</summary>
/// <remarks>
/// <para>
/// The company is the ticket's, else that of the task's project, else the contract's; time on neither is the MSP's own. An entry whose ticket or
/// task Autotask does not show is of a company that is not known, and held. An entry is as new as the newest of its rows, so that a ticket that moves to
/// another company moves its time. Time is approved when <c>billingApprovalDateTime</c> is set.
/// </para>
/// <para>
/// Hours are those worked, less an offset below 0, with which somebody takes off what is not to be charged: 2.00 with an offset of -0.50 are 1.50. An
/// offset above 0 is what Autotask's rounding adds (1.6667 and 0.0833 are 1.75 to bill), and adding it would round twice. By a setting they are the
/// hours to bill, as they are. Without <c>startDateTime</c> the entry stands at noon of <c>dateWorked</c> in the MSP's time zone, so that it is of that day
/// for clients in zones around it.
/// </para>
/// </remarks>
internal static class TimeEntries
{
    public const string Approved = "Approved";
    public const string Unapproved = "Unapproved";

    private const string Unknown = "unknown";
    private const string Own = "the MSP itself";
    private static readonly TimeOnly Noon = new(12, 0);

    public static TimeEntry Read(AutotaskRow row, AutotaskPage page)
    {
        var ticket = page.Find("tickets", row.Id("ticketID"));
        var task = page.Find("tasks", row.Id("taskID"));
        var project = page.Find("projects", task?.Id("projectID"));
        var phase = page.Find("phases", task?.Id("phaseID"));
        var (companyId, companyName) = CompanyOf(row, ticket, project, page);
        var (technician, role) = (row.IdText("resourceID"), row.Id("roleID"));
        var (start, end) = (row.Instant("startDateTime"), row.Instant("endDateTime"));
        return new TimeEntry
        {
            Id = row.RecordId(RecordKind.Time),
            Revision = Revisions.Newest(
                row.Instant("lastModifiedDateTime"),
                ticket is null ? null : Tickets.ChangedAt(ticket),
                task?.Instant("lastActivityDateTime"),
                project?.Instant("lastActivityDateTime"),
                phase?.Instant("lastActivityDateTime")),
            CompanyId = companyId,
            CompanyName = companyName,
            AgreementId = row.Id("contractID"),
            TechnicianId = technician,
            TechnicianName = page.Find("resources", technician) is { } resource && Resources.NameOf(resource) is { } name ? name : "resource " + technician,
            RoleId = role,
            RoleName = page.Find("roles", role)?.OptionalText("name"),
            WorkType = page.Find("billingCodes", row.Id("billingCodeID"))?.OptionalText("name"),
            Start = start ?? NoonOf(row.Date("dateWorked"), page.Reading.TimeZone),
            End = end > start ? end : null,
            Hours = HoursOf(row, start, end, page.Reading),
            Option = !row.Flag("isNonBillable") ? BillingOption.Billable : row.Flag("showOnInvoice") ? BillingOption.NoCharge : BillingOption.DoNotBill,
            Status = row.Instant("billingApprovalDateTime") is null ? Unapproved : Approved,
            TicketId = row.Id("ticketID"),
            TicketSummary = ticket?.OptionalText("title") ?? task?.OptionalText("title"),
            Board = Tickets.BoardOf(ticket, page),
            ProjectId = project?.IdText("id"),
            ProjectName = project?.OptionalText("projectName"),
            PhaseName = phase?.OptionalText("title"),
            Notes = row.OptionalText("summaryNotes"),
        };
    }

    private static (string Id, string Name) CompanyOf(AutotaskRow row, AutotaskRow? ticket, AutotaskRow? project, AutotaskPage page)
    {
        if ((ticket?.Id("companyID") ?? project?.Id("companyID") ?? page.Find("contracts", row.Id("contractID"))?.Id("companyID")) is { } id)
            return (id, page.Find("companies", id)?.OptionalText("companyName") ?? "");

        // Its name is not looked up: whether it stands in the page depends on other entries.
        return (row.Id("ticketID"), row.Id("taskID")) switch
        {
            (null, null) => (page.Reading.InternalCompanies[0], Own),
            (null, var task) => (Unknown, $"of task {task}, which Autotask does not show"),
            (var hidden, _) => (Unknown, $"of ticket {hidden}, which Autotask does not show"),
        };
    }

    private static decimal HoursOf(AutotaskRow row, DateTimeOffset? start, DateTimeOffset? end, AutotaskReading reading)
    {
        var offset = row.Number("offsetHours") ?? 0;
        var (worked, toBill) = (row.Number("hoursWorked"), row.Number("hoursToBill"));
        if (reading.TakesHoursToBill && toBill is { } billed)
            return billed;

        // An entry that is not ended has no hours yet.
        var hours = worked ?? (end > start ? (decimal)(end.Value - start.Value).Ticks / TimeSpan.TicksPerHour : 0);
        return offset < 0 && hours >= 0 ? Math.Max(0, hours + offset) : hours;
    }

    private static DateTimeOffset NoonOf(DateOnly day, string timeZone)
    {
        // The first and the last year have days that are not in all zones.
        var noon = day.ToDateTime(Noon);
        return day.Year is 1 or 9999 ? new DateTimeOffset(noon, TimeSpan.Zero) : new DateTimeOffset(noon, TimeZoneInfo.FindSystemTimeZoneById(timeZone).GetUtcOffset(noon));
    }
}
