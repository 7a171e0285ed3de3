using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>ContractRates</c>: a role's rate on a contract, which holds for the contract's term.</summary>
internal static class ContractRates
{
    public static AgreementRoleRate Read(AutotaskRow row, AutotaskPage page)
    {
        var (contract, role) = (row.IdText("contractID"), row.IdText("roleID"));
        return new AgreementRoleRate
        {
            Id = row.RecordId(RecordKind.AgreementRoleRate),
            AgreementId = contract,
            RoleId = role,
            RoleName = page.Find("roles", role)?.OptionalText("name") ?? "role " + role,
            HourlyRate = row.NeededNumber("contractHourlyRate", 0),
            InForce = page.Find("contracts", contract) is { } known ? Contracts.TermOf(known) : new Period(DateOnly.MinValue, Period.NoEnd),
        };
    }
}
