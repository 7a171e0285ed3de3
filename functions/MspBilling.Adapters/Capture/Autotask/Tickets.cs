using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>Tickets</c>; the board is the label of the queue.</summary>
internal static class Tickets
{
    public static Ticket Read(AutotaskRow row, AutotaskPage page) => new()
    {
        Id = row.RecordId(RecordKind.Ticket),
        Revision = ChangedAt(row),
        Summary = row.OptionalText("title") ?? row.OptionalText("ticketNumber") ?? "ticket " + row.IdText("id"),
        Board = BoardOf(row, page),
        CompanyId = row.Id("companyID"),
        AgreementId = row.Id("contractID"),
        IsClosed = row.Instant("completedDate") is not null
            || page.Reading.ClosedTicketStatuses.Contains(page.Label("Tickets.status", row.Id("status")), StringComparer.OrdinalIgnoreCase),
    };

    public static string? BoardOf(AutotaskRow? ticket, AutotaskPage page) => page.Label("Tickets.queueID", ticket?.Id("queueID"));

    public static DateTimeOffset? ChangedAt(AutotaskRow ticket) => Revisions.Newest(ticket.Instant("lastTrackedModificationDateTime"), ticket.Instant("lastActivityDate"));
}
