using MspBilling.Core.Clients;

namespace MspBilling.Core.Invoicing;

/// <summary>The taxes of a document: each rate of all that bears it, rounded once a rate, and shared out over the lines.</summary>
/// <remarks>
/// <para>1,000.01 at 6.25 % and 2 % is 62.50 and 20.00. A compound rate is also taken of the line's other taxes: 100.00 with 5 % GST and 9.5 % QST on top
/// of it is 5.00 and 9.98, because 9.5 % of 105.00 is 9.975.</para>
/// <para>Where prices include tax, it is taken out of them: 123.00 with 23 % is 23.00 of tax and 100.00 net.</para>
/// <para>Rounded line by line where the jurisdiction says so: three lines of 1.01 at 23 % are 0.23 each and 0.69, where 3.03 at 23 % is 0.6969 = 0.70.
/// Else the lines' shares are split by largest remainder; of the 0.70, the first line has 0.24.</para>
/// </remarks>
public static class SalesTax
{
    /// <param name="currency">Of all amounts.</param>
    /// <param name="lines">What is taxed, and at what.</param>
    /// <param name="isPerLine">Whether a tax is rounded on each line instead of once.</param>
    /// <param name="isIncluded">Whether the amounts have the tax in them.</param>
    /// <returns>Taxes that are not compound first, each in the order that its rate has.</returns>
    public static Taxation On(Currency currency, IReadOnlyList<TaxedAmount> lines, bool isPerLine = false, bool isIncluded = false)
    {
        var rates = lines.SelectMany(line => line.Rates).GroupBy(rate => rate with { Order = 0 }).OrderBy(same => same.Key.IsCompound).ThenBy(same => same.Min(rate => rate.Order)).Select(same => same.Key).ToList();
        var shares = lines.Select(_ => new List<TaxShare>()).ToList();
        foreach (var (rate, place) in rates.Select((rate, place) => (rate, place)))
        {
            var bearing = Enumerable.Range(0, lines.Count).Where(i => lines[i].Bears(rate)).ToList();
            List<decimal> exact = [.. bearing.Select(i => isIncluded ? Within(lines[i], rate) : BaseOf(rate.IsCompound, lines[i].Amount, shares[i]).Amount * rate.Percent / 100)];
            var parts = isPerLine ? [.. exact.Select(part => Rounding.ToMoney(part, currency))] : Split.ByParts(Rounding.ToMoney(exact.Sum(), currency), exact);
            foreach (var (i, part) in bearing.Zip(parts))
            {
                shares[i].Add(new TaxShare(place, part));
            }
        }

        List<LineTax> taxed = [.. lines.Zip(shares, (line, of) => new LineTax(isIncluded ? line.Amount - Money.Sum(of.Select(share => share.Tax), currency) : line.Amount, of))];
        return new Taxation([.. rates.Select((rate, place) => Line(rate, place, currency, taxed))], taxed);
    }

    private static TaxLine Line(AppliedRate rate, int place, Currency currency, List<LineTax> lines)
    {
        var bearing = lines.Where(line => line.Shares.Any(share => share.Of == place)).ToList();
        var taken = bearing.Select(line => BaseOf(rate.IsCompound, line.Net, line.Shares.TakeWhile(share => share.Of != place)));
        return new TaxLine(rate.Name, rate.Percent, Money.Sum(taken, currency), Money.Sum(bearing.SelectMany(line => line.Shares).Where(share => share.Of == place).Select(share => share.Tax), currency))
        {
            Category = rate.Category,
            Reason = rate.Reason,
            IsCompound = rate.IsCompound,
        };
    }

    internal static Money BaseOf(bool isCompound, Money net, IEnumerable<TaxShare> before) =>
        isCompound ? net + Money.Sum(before.Select(share => share.Tax), net.Currency) : net;

    /// <summary>The tax in an amount that includes it: its part of 1 plus all the rates.</summary>
    private static decimal Within(TaxedAmount line, AppliedRate wanted)
    {
        var (whole, part) = (100m, 0m);
        foreach (var rate in line.Rates.OrderBy(rate => rate.IsCompound))
        {
            var tax = rate.IsCompound ? whole * rate.Percent / 100 : rate.Percent;
            whole += tax;
            part = rate.Is(wanted) ? tax : part;
        }

        return line.Amount.Amount * part / whole;
    }
}

/// <summary>A rate as a line bears it.</summary>
/// <param name="Order">Its place among those of the jurisdiction, in which taxes are printed.</param>
public sealed record AppliedRate(string Name, decimal Percent, TaxCategory Category, string? Reason = null, bool IsCompound = false, int Order = 0)
{
    internal bool Is(AppliedRate other) => this with { Order = other.Order } == other;
}

/// <summary>An amount with the rates that it bears; none where nothing is asked of it.</summary>
public sealed record TaxedAmount(Money Amount, IReadOnlyList<AppliedRate> Rates)
{
    internal bool Bears(AppliedRate wanted) => Rates.Any(rate => rate.Is(wanted));
}

/// <summary>The taxes of a document and of each of its lines.</summary>
public sealed record Taxation(IReadOnlyList<TaxLine> Taxes, IReadOnlyList<LineTax> Lines);
