using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /Asset</c></summary>
/// <remarks>A device's type is the asset type's name. A device is as new as its asset: its client's name may be newer.</remarks>
internal static class Assets
{
    public static Device Read(JsonRecord json, HaloPage page)
    {
        var id = json.IdText("id");
        var client = json.IdText("client_id");
        var type = json.OptionalId("assettype_id");
        return new Device
        {
            Id = HaloFields.RecordId(RecordKind.Device, id),
            Revision = HaloFields.Newest(json.Moment("last_modified", page.Reading), json.Moment("dlastupdate", page.Reading)),
            CompanyId = client,
            CompanyName = json.OptionalText("client_name") ?? page.Find(HaloPage.Clients, client)?.OptionalText("name") ?? "client " + client,
            Name = json.OptionalText("inventory_number") ?? "asset " + id,
            DeviceType = json.OptionalText("assettype_name") ?? page.Find(HaloPage.AssetTypes, type)?.OptionalText("name") ?? (type is null ? "Asset" : "Asset type " + type),
            SerialNumber = json.OptionalText("serial_number"),
            IsActive = !json.Flag("inactive"),
            IsBilled = !page.Reading.AssetsNeedContract || json.OptionalId("contract_id") is not null,
            InstalledOn = json.Day("commissiondate"),
        };
    }
}
