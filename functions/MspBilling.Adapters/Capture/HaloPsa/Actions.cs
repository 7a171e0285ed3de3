using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /Actions?ticket_id={id}&amp;timeentriesonly=true</c></summary>
/// <remarks>
/// An action's <c>datetime</c> is when it was done with: the work began by its hours before, unless <c>actionarrivaldate</c> says when. An entry is as new as
/// the newer of its action and its ticket, as a ticket that moves takes its time to another company.
/// </remarks>
internal static class Actions
{
    public static IReadOnlyList<CapturedRecord> Read(HaloPage page, ProblemList problems) =>
    [
        .. RecordArray.Read(page.Rows, problems, json => RowOf(json, page).Work()),
        .. RecordArray.Read(page.Rows, problems, json => json.OptionalNumber("nonbilltime") is null or 0 ? null : RowOf(json, page).NonBillable()),
        .. RecordArray.Read(page.Rows, problems, json => json.OptionalNumber("traveltime") is null or 0 ? null : RowOf(json, page).Travel()),
    ];

    private static TimeRow RowOf(JsonRecord json, HaloPage page)
    {
        var ticketId = json.IdText("ticket_id");
        var ticket = page.Find(HaloPage.Tickets, ticketId);
        var hours = json.Number("timetaken", -TimeRow.MostHours, TimeRow.MostHours);
        var done = json.Moment("datetime", page.Reading);
        if (done is null)
            json.Problem("datetime", "a time like 2026-08-03T15:40:00");
        var end = json.Moment("actioncompletiondate", page.Reading) ?? done ?? default;
        var start = json.Moment("actionarrivaldate", page.Reading) is { } arrival && arrival < end ? arrival : Before(end, hours);
        var approval = json.OptionalCode("timesheet_approval_status");
        return new TimeRow
        {
            Page = page,
            TicketId = ticketId,
            ActionId = json.IdText("id"),
            Revision = HaloFields.Newest(json.Moment("last_updated", page.Reading), ticket?.Moment("last_update", page.Reading)),
            Ticket = ticket,
            ContractId = ContractOf(json.OptionalCode("action_contract_id")),
            AgentId = json.OptionalId("who_agentid") ?? json.OptionalId("actionby_agent_id"),
            AgentName = json.OptionalText("who"),
            ProjectId = json.OptionalId("project_id"),
            ChargeRate = json.OptionalCode("chargerate"),
            TravelChargeRate = json.OptionalId("travel_chargerate"),
            IsMarkedNonBillable = json.Has("actisbillable") && !json.Flag("actisbillable"),
            Start = start,
            End = end > start ? end : null,
            Hours = hours,
            NonBillableHours = json.OptionalNumber("nonbilltime", 0, TimeRow.MostHours) ?? 0,
            TravelHours = json.OptionalNumber("traveltime", 0, TimeRow.MostHours) ?? 0,
            InvoiceNumber = json.InvoiceNumber("actioninvoicenumber"),
            TravelInvoiceNumber = json.InvoiceNumber("actiontravelinvoicenumber"),
            IsApproved = page.Reading.ApprovedStatuses.Count == 0 || (approval is not null && page.Reading.ApprovedStatuses.Contains(approval)),
            WorkType = json.OptionalText("outcome"),
            Notes = json.OptionalText("note"),
        };
    }

    // -1 is none; any other below 0 is the contract of that number (public notes on Halo's database, stored file 55809904983).
    private static string? ContractOf(string? code) => code switch
    {
        null or "0" or "-1" => null,
        _ => code.TrimStart('-'),
    };

    private static DateTimeOffset Before(DateTimeOffset end, decimal hours) =>
        hours > 0 && end.UtcTicks > 0 ? end - new TimeSpan((long)decimal.Truncate(hours * TimeSpan.TicksPerHour / TimeSpan.TicksPerSecond) * TimeSpan.TicksPerSecond) : end;
}
