using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /Agent</c> and <c>GET /Agent/{id}</c></summary>
/// <remarks>A cost of 0 is what Halo has where nobody entered one: then it is not known.</remarks>
internal static class Agents
{
    public static Technician Read(JsonRecord json, HaloPage page) => new()
    {
        Id = HaloFields.RecordId(RecordKind.Technician, json.IdText("id")),
        Name = json.Text("name"),
        RoleName = json.OptionalId("chargerate") is { } rate ? page.ChargeRateName(rate) : null,
        HourlyCost = json.OptionalNumber("costprice", 0) is > 0 and var cost ? cost : null,
        IsInactive = json.Flag("isdisabled"),
    };
}
