using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Adapters.Capture.HaloPsa;

/// <summary><c>GET /ClientContract</c> and <c>GET /ClientContract/{id}</c></summary>
/// <remarks>
/// Fee and included hours are those of a billing period (<c>periodchargeamount</c>, <c>chargehoursperperiod</c>). In force through <c>end_date</c>; without
/// end where it is rolling or ends in 2099, which Halo writes for contracts without one (public reports of Halo contracts, stored file 58828888095).
/// One that is marked not to be invoiced has no fee.
/// </remarks>
internal static class Contracts
{
    private const int YearOfNoEnd = 2099;

    public static PsaAgreement Read(JsonRecord json, HaloPage page)
    {
        var id = json.IdText("id");
        var cycle = json.OptionalCode("billingperiod") is { } period ? page.Reading.BillingPeriods.GetValueOrDefault(period, $"number {period}") : BillingPeriods.Monthly;
        var hours = json.OptionalNumber("chargehoursperperiod", 0);
        var term = json.InForce("start_date", "end_date", page.Reading);
        return new PsaAgreement
        {
            Id = HaloFields.RecordId(RecordKind.Agreement, id),
            Revision = json.Moment("last_modified", page.Reading),
            CompanyId = json.IdText("client_id"),
            Name = json.OptionalText("ref") ?? "Contract " + id,
            TypeName = json.OptionalText("contracttype_name") ?? page.Reading.ContractType,
            Term = json.Flag("rollingcontract") || json.Day("end_date")?.Year >= YearOfNoEnd ? new Period(term.Start, Period.NoEnd) : term,
            MonthlyFee = json.Flag("dontinvoice") ? null : json.OptionalNumber("periodchargeamount", 0),
            BillingCycle = cycle,
            IncludedHours = hours > 0 ? hours : null,
            IncludedHoursCycle = hours > 0 ? cycle : null,
            RollOverCycles = hours > 0 && json.Flag("chargerollover") ? page.Reading.RollOverPeriods : null,
        };
    }
}
