using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /company/configurations</c></summary>
internal static class Configurations
{
    public static Device Read(JsonRecord json)
    {
        var company = json.Reference("company");
        return new Device
        {
            Id = json.RecordId(RecordKind.Device),
            Revision = json.Revision(),
            CompanyId = company.Id,
            CompanyName = company.Name,
            Name = json.Text("name"),
            DeviceType = json.Reference("type").Name,
            SerialNumber = json.OptionalText("serialNumber"),
            IsActive = json.Flag("activeFlag"),
            IsBilled = json.Flag("billFlag"),
            InstalledOn = json.OptionalDate("installationDate"),
        };
    }
}
