using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>ConfigurationItems</c>, counted by the label of their type, else by their product.</summary>
internal static class ConfigurationItems
{
    public static Device Read(AutotaskRow row, AutotaskPage page)
    {
        var (company, active) = (row.IdText("companyID"), row.Flag("isActive"));
        var serial = row.OptionalText("serialNumber");
        return new Device
        {
            Id = row.RecordId(RecordKind.Device),
            Revision = row.Instant("lastModifiedTime"),
            CompanyId = company,
            CompanyName = page.Find("companies", company)?.OptionalText("companyName") ?? "",
            Name = row.OptionalText("referenceTitle") ?? row.OptionalText("referenceNumber") ?? serial ?? "device " + row.IdText("id"),
            DeviceType = page.Label("ConfigurationItems.configurationItemType", row.Id("configurationItemType"))
                ?? page.Find("products", row.Id("productID"))?.OptionalText("name") ?? "",
            SerialNumber = serial,
            IsActive = active,
            IsBilled = !page.Reading.DevicesNeedContract || row.Id("contractID") is not null,
            InstalledOn = row.OptionalDate("installDate"),
        };
    }
}
