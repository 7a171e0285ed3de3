using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>What a client and the MSP agreed: the PSA's terms priced by the rules of its type.</summary>
/// <param name="Id">The PSA's id, which captured work refers to.</param>
/// <param name="TypeName">The PSA agreement type, which names its pricing in the settings.</param>
/// <param name="Term">Days it is in force, half-open.</param>
/// <param name="MonthlyFee">The fixed fee, or null.</param>
/// <param name="IncludedHours">Hours a month that are covered before any is charged, or null.</param>
/// <param name="CoversAllTime">Whether the fee pays for all time, however much.</param>
/// <param name="IsMonthly">Whether its fee and its included hours are of a month.</param>
/// <param name="RoleRates">Rates that this agreement sets itself; they go before the rate card.</param>
public sealed record Agreement(
    string Id,
    string ClientId,
    string Name,
    string TypeName,
    Period Term,
    Currency Currency,
    decimal? MonthlyFee,
    bool Prorate,
    decimal? IncludedHours,
    bool CoversAllTime,
    bool IsMonthly,
    string? PurchaseOrder,
    IReadOnlyList<AgreementLine> Lines,
    IReadOnlyList<RoleRate> RoleRates)
{
    public T? Line<T>()
        where T : AgreementLine => Lines.OfType<T>().FirstOrDefault();
}

/// <summary>An hourly rate for a work role, in the agreement's currency, on the days it holds.</summary>
public sealed record RoleRate(string RoleId, decimal HourlyRate, Period InForce);
