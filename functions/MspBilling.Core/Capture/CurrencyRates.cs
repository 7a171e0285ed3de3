using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>Hourly rates by currency, for agreements that set none: the settings' and, in the home currency, those of the PSA's work roles.</summary>
internal static class CurrencyRates
{
    public static Dictionary<Currency, IReadOnlyList<TimeRate>> Of(MspSettings? settings, IEnumerable<WorkRole> roles)
    {
        if (settings is null)
        {
            return [];
        }

        var always = new Period(DateOnly.MinValue, Period.NoEnd);
        var cards = settings.RateCards.ToDictionary(card => card.Currency, card => card.Rates);
        var named = cards.GetValueOrDefault(settings.HomeCurrency) ?? [];
        cards[settings.HomeCurrency] =
        [
            .. named,
            .. from role in roles.OrderBy(r => r.Id.ExternalId, StringComparer.Ordinal)
               let rate = role.HourlyRate ?? 0
               where rate > 0
               select new TimeRate(rate, always, Role: role.Id.ExternalId),
        ];
        return cards;
    }
}
