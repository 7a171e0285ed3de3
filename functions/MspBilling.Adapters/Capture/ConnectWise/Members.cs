using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /system/members</c></summary>
/// <remarks><c>hourlyCost</c> is left out for those who may not see costs: then the cost is not known, which is not 0.</remarks>
internal static class Members
{
    public static Technician Read(JsonRecord json)
    {
        var identifier = json.Text("identifier");
        var name = string.Join(' ', new[] { json.OptionalText("firstName"), json.OptionalText("lastName") }.OfType<string>());
        return new Technician
        {
            Id = json.RecordId(RecordKind.Technician),
            Revision = json.Revision(),
            Name = name.Length > 0 ? name : identifier,
            RoleName = json.OptionalReferenceName("workRole"),
            HourlyCost = json.OptionalNumber("hourlyCost", 0),
            DailyCapacity = json.OptionalNumber("dailyCapacity", 0, 24),
            IsInactive = json.Flag("inactiveFlag"),
        };
    }
}
