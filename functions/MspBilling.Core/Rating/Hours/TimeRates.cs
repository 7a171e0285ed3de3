#pragma warning disable IDE0060 // until the rule is written
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Which hourly rate an entry has: phase, person, role, work type, agreement, rate card, in that order of precedence, dated.</summary>
/// <remarks>
/// The agreement's rates of all ranks go before the rate card's. Of two that rank alike, the one that began later holds. A rate of 0 is no
/// rate: where none is found the entry is held, never billed at nothing.
/// </remarks>
internal static class TimeRates
{
    public static decimal? Of(TimeEntry entry, DateOnly day, TimeLine line, Currency currency, ClientDirectory directory) =>
        Best(line.Rates, entry, day) ?? Best(directory.RateCard(currency), entry, day);

    private static decimal? Best(IReadOnlyList<TimeRate> rates, TimeEntry entry, DateOnly day) => null;

    /// <summary>What the entry would cost at its agreement's or the client's rate, for reports of held time.</summary>
    internal static Money? Estimate(TimeEntry entry, RatingCase @case)
    {
        var day = @case.Client.LocalDate(entry.Start);
        foreach (var agreement in @case.Agreements)
        {
            if ((entry.AgreementId is null || agreement.Id == entry.AgreementId)
                && agreement.On(day)?.Lines.OfType<TimeLine>().FirstOrDefault(line => entry.Meets(line.Match, @case)) is { } line)
            {
                return Of(entry, day, line, agreement.Currency, @case.Directory) is { } rate && entry.Hours >= 0 ? new UnitPrice(rate, agreement.Currency).Extend(entry.Hours) : null;
            }
        }

        return null;
    }
}
