using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>Roles</c></summary>
/// <remarks>The hourly rate is the rate card's. <c>hourlyFactor</c> weighs hours in blocks of hours, which the agreements here do with weights of their own.</remarks>
internal static class Roles
{
    public static WorkRole Read(AutotaskRow row) => new()
    {
        Id = row.RecordId(RecordKind.WorkRole),
        Name = row.Text("name"),
        HourlyRate = row.Number("hourlyRate", 0),
    };
}
