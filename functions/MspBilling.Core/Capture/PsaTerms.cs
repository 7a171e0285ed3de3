using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>An agreement made of the PSA's terms and the lines that the settings have for its type.</summary>
/// <remarks>
/// The PSA has one version of an agreement, which holds for its term. Its fee is the price of the type's flat recurring line that has
/// none; its included hours become a retainer over all of its time; its role rates stand with the rates of the type's time lines.
/// </remarks>
internal static class PsaTerms
{
    private const string IncludedHoursId = "included-hours";

    public static Agreement Of(PsaAgreement psa, string clientId, Currency currency, AgreementType? type, IReadOnlyList<AgreementRoleRate> roleRates)
    {
        var lines = (type?.Lines ?? []).Select(line => Priced(line, psa, roleRates)).ToList();
        if (lines.OfType<TimeLine>().FirstOrDefault() is { } time && (psa.CoversAllTime || psa.IncludedHours > 0))
        {
            lines.Add(new RetainerLine
            {
                Id = IncludedHoursId,
                Service = time.Service,
                Included = psa.CoversAllTime ? null : psa.IncludedHours,
                IsUnlimited = psa.CoversAllTime,
                CycleMonths = MonthsOf(psa.IncludedHoursCycle) ?? 1,
                Anchor = AnchorOf(psa.IncludedHoursCycle, psa.Term),
                RollOverCycles = psa.RollOverCycles ?? 0,
            });
        }

        return new Agreement
        {
            Id = psa.Id.ExternalId,
            ClientId = clientId,
            Name = psa.Name,
            TypeName = psa.TypeName,
            Currency = currency,
            PurchaseOrder = psa.PurchaseOrder,
            Site = psa.Site,
            Versions = [new AgreementVersion(1, psa.Term, lines, [])],
            Problem = ProblemOf(psa, type),
        };
    }

    private static AgreementLine Priced(AgreementLine line, PsaAgreement psa, IReadOnlyList<AgreementRoleRate> roleRates) => line switch
    {
        RecurringLine { Quantity: FlatQuantity, Prices.Count: 0, Pricing: null } fee => fee with
        {
            Prices = psa.MonthlyFee is > 0 ? [new DatedPrice(psa.MonthlyFee.Value, psa.Term)] : [],
            CycleMonths = MonthsOf(psa.BillingCycle) ?? 1,
            Proration = psa.Prorate ? fee.Proration : Proration.None,
        },
        TimeLine time => time with { Rates = [.. time.Rates, .. roleRates.Select(rate => new TimeRate(rate.HourlyRate, rate.InForce, Role: rate.RoleId))] },
        _ => line,
    };

    private static string? ProblemOf(PsaAgreement psa, AgreementType? type)
    {
        if (psa.MonthlyFee > 0 && MonthsOf(psa.BillingCycle) is null)
        {
            return $"The fee of {psa.Name} is billed {psa.BillingCycle}, which is not a cycle of 1, 3, 6 or 12 months. Make it one in the PSA.";
        }

        if (psa.IncludedHours > 0 && MonthsOf(psa.IncludedHoursCycle) is null)
        {
            return $"The included hours of {psa.Name} begin anew {psa.IncludedHoursCycle}, which is not a cycle of 1, 3, 6 or 12 months. Make it one in the PSA.";
        }

        return psa.MonthlyFee > 0 && !(type?.Lines ?? []).Any(line => line is RecurringLine { Quantity: FlatQuantity, Prices.Count: 0, Pricing: null })
            ? $"The fee of {psa.Name} would not be billed: its type {psa.TypeName} has no recurring line of a flat quantity without a price. Add one to the type in the settings."
            : null;
    }

    /// <summary>Months of a cycle by the PSA's name for it (ConnectWise: Monthly, Quarterly, Semi-Annual, Annual); null for any other.</summary>
    private static int? MonthsOf(string? name) => name switch
    {
        null => 1,
        _ when Has(name, "semi") || Has(name, "half") => 6,
        _ when Has(name, "bi") => null,
        _ when Has(name, "month") => 1,
        _ when Has(name, "quarter") => 3,
        _ when Has(name, "ann") || Has(name, "year") => 12,
        _ => null,
    };

    /// <summary>ConnectWise's CalendarQuarter and CalendarYear begin in January, ContractYear and its like on the agreement's first day.</summary>
    private static DateOnly? AnchorOf(string? name, Period term) => name switch
    {
        null => null,
        _ when Has(name, "calendar") => new DateOnly(term.Start.Year, 1, 1),
        _ when Has(name, "contract") => term.Start,
        _ => null,
    };

    private static bool Has(string name, string part) => name.Contains(part, StringComparison.OrdinalIgnoreCase);
}
