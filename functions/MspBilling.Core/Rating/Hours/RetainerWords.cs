using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>How a retainer's balance is told: what there was, what was drawn, what ended and what is left until when.</summary>
internal readonly struct RetainerWords(AgreementPart part, RetainerLine line)
{
    private bool IsMoney => line.Measure == RetainerMeasure.Money;

    /// <summary>As <c>3.50 h</c>, or as an amount.</summary>
    public string Of(decimal quantity) => IsMoney ? Figures.Of(Rounding.ToMoney(quantity, part.Currency)) : Figures.Hours(quantity) + " h";

    /// <summary>The same for a name: <c>10 h</c>.</summary>
    public string Short(decimal quantity) => IsMoney ? Of(quantity) : Figures.Quantity(quantity) + " h";

    public ExplainedFigure Figure(string name, decimal value) => new(name, value, IsMoney ? part.Currency.Code : "h");

    /// <param name="covered">Hours of work that were drawn; what they took may be more or less by their work types.</param>
    public Explanation Balance(RetainerLots lots, decimal covered)
    {
        var self = this;
        var sources = new List<string>();
        var figures = new List<ExplainedFigure>();
        Add(lots.BroughtForward, "broughtForward", "brought forward");
        Add(lots.ToppedUp, "toppedUp", "topped up");
        foreach (var grant in lots.Grants)
        {
            Add(grant.Lot.Granted, "granted", grant.Words);
        }

        var of = sources.Count == 1 ? sources[0] : $"{Of(lots.Available)}: {string.Join(" + ", sources)}";
        var weighted = IsMoney || covered == lots.Drawn ? "" : $"{Of(covered)} of work take {Of(lots.Drawn)} by their work types. ";
        var ended = lots.Ended == 0 ? "" : $"{Of(lots.Ended)} ended unused; ";
        var sentence = $"{weighted}{Of(lots.Drawn)} of {of}; {ended}{Left(lots)}.";

        figures.Insert(0, Figure("drawn", lots.Drawn));
        if (weighted.Length > 0)
        {
            figures.Insert(0, Figure("hours", covered));
        }

        if (lots.Ended != 0)
        {
            figures.Add(Figure("ended", lots.Ended));
        }

        figures.Add(Figure("left", lots.Left));
        return part.Explain(nameof(Retainers), sentence, figures);

        void Add(decimal quantity, string name, string words)
        {
            if (quantity != 0)
            {
                sources.Add($"{self.Of(quantity)} {words}");
                figures.Add(self.Figure(name, quantity));
            }
        }
    }

    private string Left(RetainerLots lots)
    {
        if (lots.Left == 0)
        {
            return "nothing left";
        }

        var ends = new List<string>();
        foreach (var lot in lots.Open.Where(lot => lot.EndsOn != Period.NoEnd).GroupBy(lot => lot.EndsOn, lot => lot.Left))
        {
            var until = string.Create(CultureInfo.InvariantCulture, $"until {lot.Key.AddDays(-1):yyyy-MM-dd}");
            if (lot.Sum() == lots.Left)
            {
                return $"{Of(lots.Left)} left {until}";
            }

            ends.Add($"{Of(lot.Sum())} {until}");
        }

        return ends.Count == 0 ? $"{Of(lots.Left)} left" : $"{Of(lots.Left)} left, of it {string.Join(", ", ends)}";
    }
}
