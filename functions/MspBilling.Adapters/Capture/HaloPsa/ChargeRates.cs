using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /ChargeRate</c>: the rate card's, and those of contracts</summary>
/// <remarks>
/// A work role is a charge rate, by <c>charge_id</c>, which time refers to. Of the rate card's dated rates only the one of now is read: a work role has
/// one. A contract's rates keep their dates. Rates of a client (<c>area</c>) without a contract are nothing that a rate card has, and are left.
/// </remarks>
internal static class ChargeRates
{
    public static CapturedRecord? Read(JsonRecord json, HaloPage page)
    {
        var role = json.IdText("charge_id");
        if (json.OptionalId("contract_id") is { } contract)
        {
            return new AgreementRoleRate
            {
                Id = HaloFields.RecordId(RecordKind.AgreementRoleRate, json.IdText("id")),
                AgreementId = contract,
                RoleId = role,
                RoleName = page.ChargeRateName(role),
                HourlyRate = json.Number("rate", 0),
                InForce = json.InForce("startdate", "expirydate", page.Reading),
            };
        }

        if (json.OptionalId("area") is not null || (json.Has("current") && !json.Flag("current")))
            return null;

        return new WorkRole
        {
            Id = HaloFields.RecordId(RecordKind.WorkRole, role),
            Name = page.ChargeRateName(role),
            HourlyRate = json.OptionalNumber("rate", 0),
        };
    }
}
