using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /TimesheetEvent</c></summary>
/// <remarks>
/// Work is what has an action (<c>action_number</c>): breaks, holidays, and appointments, which become an action when they are done, are not. Whether time was approved is
/// not told here, and neither is when it changed: what came last is the newest.
/// </remarks>
internal static class TimesheetEvents
{
    public static IReadOnlyList<CapturedRecord> Read(HaloPage page, ProblemList problems) =>
    [
        .. RecordArray.Read(page.Rows, problems, json => RowOf(json, page)?.Work()),
        .. RecordArray.Read(page.Rows, problems, json => json.OptionalNumber("traveltime") is null or 0 ? null : RowOf(json, page)?.Travel()),
    ];

    private static TimeRow? RowOf(JsonRecord json, HaloPage page)
    {
        if (json.OptionalId("break_type") is not null || json.OptionalId("holiday_id") is not null || json.OptionalId("action_number") is not { } action || json.OptionalId("ticket_id") is not { } ticketId)
            return null;

        var start = json.Moment("start_date", page.Reading);
        if (start is null)
            json.Problem("start_date", "a time like 2026-08-03T14:00:00");
        return new TimeRow
        {
            Page = page,
            TicketId = ticketId,
            ActionId = action,
            Revision = null,
            Ticket = page.Find(HaloPage.Tickets, ticketId),
            ClientId = json.OptionalId("client_id"),
            ClientName = json.OptionalText("customer"),
            ContractId = json.OptionalId("contract_id"),
            AgentId = json.OptionalId("agent_id"),
            ChargeRate = json.OptionalCode("charge_rate"),
            Start = start ?? default,
            End = json.Moment("end_date", page.Reading) is { } end && end > start ? end : null,
            Hours = json.Number("timetaken", -TimeRow.MostHours, TimeRow.MostHours),
            TravelHours = json.OptionalNumber("traveltime", 0, TimeRow.MostHours) ?? 0,
            InvoiceNumber = json.InvoiceNumber("action_invoice_number"),
            Subject = json.OptionalText("subject"),
            Notes = json.OptionalText("note"),
        };
    }
}
