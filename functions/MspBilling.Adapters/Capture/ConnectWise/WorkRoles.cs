using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /time/workroles</c></summary>
internal static class WorkRoles
{
    public static WorkRole Read(JsonRecord json) => new()
    {
        Id = json.RecordId(RecordKind.WorkRole),
        Revision = json.Revision(),
        Name = json.Text("name"),
        HourlyRate = json.OptionalNumber("hourlyRate", 0),
    };
}
