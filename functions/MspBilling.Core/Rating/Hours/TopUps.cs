using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Sells a block by itself when a retainer is low: once a period, at its end, after what ends has ended.</summary>
/// <remarks>
/// The block is billed in the period that ends and can be drawn from the next period's first day. A balance that is as high as the limit is not low: 5.00 h
/// are not below 5.00 h. Nothing is sold where the line does not go on. The price is rounded once: 3.50 h left, below 5.00 h: 10.00 h for 950.00.
/// </remarks>
internal static class TopUps
{
    /// <returns>The lot of the next period, or null.</returns>
    public static Lot? Sell(AgreementPart part, RetainerLine line, RetainerLots lots, RatingOutput output)
    {
        var next = part.Period.End;
        if (line.TopUp is not { } topUp || line.IsUnlimited || !part.IsLast || lots.Left >= topUp.Below
            || part.Agreement.On(next) is not { } version || RetainerGrants.LineOf(version, line) is null)
        {
            return null;
        }

        var quantity = line.Measure == RetainerMeasure.Money ? Rounding.ToMoney(topUp.Quantity, part.Currency).Amount : topUp.Quantity;
        if (quantity == 0)
        {
            return null; // less than a coin of money
        }

        var words = new RetainerWords(part, line);
        var price = new UnitPrice(topUp.Price, part.Currency);
        var amount = price.Extend(1);
        var ends = topUp.ExpiresAfterMonths is { } months ? next.AddMonths(months) : Period.NoEnd;
        var until = ends == Period.NoEnd ? "" : string.Create(CultureInfo.InvariantCulture, $" until {ends.AddDays(-1):yyyy-MM-dd}");
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{words.Of(lots.Left)} left on {part.Period.LastDay:yyyy-MM-dd}, below {words.Of(topUp.Below)}: {words.Of(quantity)} from {next:yyyy-MM-dd}{until} for {Figures.Of(amount)}.");
        var explanation = part.Explain(
            nameof(TopUps), sentence, words.Figure("left", lots.Left), words.Figure("below", topUp.Below), words.Figure("granted", quantity), new ExplainedFigure("amount", amount.Amount, part.Currency.Code));
        output.Add(part, line, part.Line(line, "top-up", $"Top-up of {words.Short(quantity)}", 1, "block", price, amount, explanation));
        return new Lot(next, ends, quantity, quantity);
    }
}
