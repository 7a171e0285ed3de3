using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /service/tickets</c></summary>
internal static class Tickets
{
    public static Ticket Read(JsonRecord json) => new()
    {
        Id = json.RecordId(RecordKind.Ticket),
        Revision = json.Revision(),
        Summary = json.Text("summary"),
        Board = json.OptionalReferenceName("board"),
        CompanyId = json.OptionalReferenceId("company"),
        AgreementId = json.OptionalReferenceId("agreement"),
        IsClosed = json.Flag("closedFlag"),
    };
}
