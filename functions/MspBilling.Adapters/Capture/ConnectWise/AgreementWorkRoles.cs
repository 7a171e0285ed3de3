using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary><c>GET /finance/agreements/{id}/workroles</c></summary>
/// <remarks>
/// Only a rate of its own (<c>rateType</c> "Custom") can be read. "AdjAmount" and "Multiplier" change the rate card's rate;
/// taken for rates they would be wrong money, so they are refused. <c>endingDate</c> is the last day on which a rate holds.
/// </remarks>
internal static class AgreementWorkRoles
{
    public static AgreementRoleRate Read(JsonRecord json)
    {
        if (json.OptionalText("rateType") is not (null or "Custom"))
            json.Problem("rateType", "Custom, a rate of its own; rates that adjust or multiply another cannot be read");

        var start = json.Date("effectiveDate");
        var role = json.Reference("workRole");
        return new AgreementRoleRate
        {
            Id = json.RecordId(RecordKind.AgreementRoleRate),
            Revision = json.Revision(),
            AgreementId = json.IdText("agreementId"),
            RoleId = role.Id,
            RoleName = role.Name,
            HourlyRate = json.Number("rate", 0),
            InForce = ConnectWiseFields.InForce(start, json.DayAfter("endingDate", start)),
        };
    }
}
