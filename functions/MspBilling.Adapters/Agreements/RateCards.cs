using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Agreements;

/// <summary>Hourly rates: the settings' <c>rateCards</c>, and the <c>rates</c> of a card and of a time line.</summary>
internal static class RateCards
{
    /// <summary>The cards of an object that has a list <c>rateCards</c>, or none.</summary>
    public static IReadOnlyList<RateCard> Read(JsonRecord json)
    {
        var cards = new List<RateCard>();
        foreach (var record in json.Records("rateCards"))
        {
            var before = record.Problems;
            var card = new RateCard(record.IsoCurrency("currency"), Rates(record));
            record.RefuseOthers();
            if (record.Problems == before && cards.Exists(other => other.Currency == card.Currency))
                record.Problem("currency", "each currency once");
            cards.Add(card);
        }

        return cards;
    }

    /// <summary>No two rates of the same subject hold on the same day.</summary>
    public static IReadOnlyList<TimeRate> Rates(JsonRecord json)
    {
        var rates = new List<TimeRate>();
        foreach (var record in json.Records("rates"))
        {
            var rate = new TimeRate(
                record.Above0("price"),
                record.InForce(),
                record.OptionalText("phase"),
                record.OptionalText("person"),
                record.OptionalText("role"),
                record.OptionalText("workType"));
            record.RefuseOthers();
            if (rates.Exists(other => AreOfOneSubject(other, rate) && other.InForce.Overlap(rate.InForce) is not null))
                record.Problem(record.Has("from") ? "from" : "price", "days on which no other rate for the same holds");
            rates.Add(rate);
        }

        return rates;
    }

    private static bool AreOfOneSubject(TimeRate one, TimeRate other) =>
        Same(one.Phase, other.Phase) && Same(one.Person, other.Person) && Same(one.Role, other.Role) && Same(one.WorkType, other.WorkType);

    private static bool Same(string? one, string? other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
