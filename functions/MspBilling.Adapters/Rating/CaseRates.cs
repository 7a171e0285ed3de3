using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Rating;

/// <summary>A case's hourly rates: <c>rates</c> in the client's currency, <c>rateCards</c> in any other.</summary>
internal static class CaseRates
{
    public static IReadOnlyList<RateCard> Read(JsonRecord json, Currency currency)
    {
        var (cards, own) = (RateCards.Read(json), RateCards.Rates(json));
        if (own.Count == 0)
            return cards;

        if (cards.Any(card => card.Currency == currency))
            json.Problem("rateCards", $"cards in other currencies than {currency}, whose rates stand under rates");
        return [.. cards, new RateCard(currency, own)];
    }
}
