using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /Tickets</c></summary>
/// <remarks>Halo's statuses do not say that they are closed, so the settings name those that are; a date of closing says it, too.</remarks>
internal static class Tickets
{
    public static Ticket Read(JsonRecord json, HaloPage page) => new()
    {
        Id = HaloFields.RecordId(RecordKind.Ticket, json.IdText("id")),
        Revision = json.Moment("last_update", page.Reading),
        Summary = json.OptionalText("summary") ?? "Ticket " + json.IdText("id"),
        Board = json.OptionalText("tickettype_name"),
        CompanyId = json.OptionalId("client_id"),
        AgreementId = json.OptionalId("contract_id"),
        IsClosed = json.Day("dateclosed") is not null || (json.OptionalCode("status_id") is { } status && page.Reading.ClosedStatuses.Contains(status)),
    };
}
