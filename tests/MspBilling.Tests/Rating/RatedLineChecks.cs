using System.Text.RegularExpressions;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>What holds of every line by itself.</summary>
internal static partial class RatedLineChecks
{
    // Rules whose lines are quantity x unit price, rounded once, and nothing else.
    private static readonly string[] Multiplied =
        ["TimeCharges", "TravelTime", "ExpenseCharges", "MilestoneCharges", "Deposits", "ProjectCaps", "TimeCaps", "Retainers", "TopUps", "UsageLimits", "RuleCaps"];

    private static readonly string[] Cycles = ["RecurringCharges", "AdditionCharges", "DeviceCharges", "CountCharges"];

    public static void Holds(RatedLine line, IReadOnlyList<Agreement> agreements)
    {
        var told = $"{line.Description}: {line.Quantity} x {line.UnitPrice} = {line.Amount}, {line.Discount} off. {line.Explanation}";
        var agreement = agreements.Single(each => each.Id == line.AgreementId);
        var currency = agreement.Currency;
        Assert.True(line.Amount.Currency == currency && line.UnitPrice.Currency == currency && line.Discount.Currency == currency, told);
        Assert.True(Rounding.ToMoney(line.Amount.Amount, currency) == line.Amount && Rounding.ToMoney(line.Discount.Amount, currency) == line.Discount, told);
        Assert.True(line.Discount.IsZero || (!line.Discount.IsNegative && line.Discount <= line.Amount), told);
        Assert.True(line.Kind is not (LineKind.WriteDown or LineKind.Drawn) || !(line.Amount.Amount > 0), told);
        Assert.True(line.Kind != LineKind.Covered || line.Amount.IsZero, told);
        Assert.True(line.ServicePeriod.Overlap(agreement.Term) is not null, told);
        IsExplained(line, told);
        IsTold(line, told);

        var version = agreement.Versions.Single(each => each.Number == line.Explanation.Version);
        var priced = version.Lines.Single(each => each.Id == line.LineId);
        if (Multiplied.Contains(line.Explanation.Rule))
        {
            Assert.True(line.UnitPrice.Extend(line.Quantity) == line.Amount, told);
        }
        else if (line.Explanation.Rule == "UsageCharges")
        {
            Assert.True(Rounding.ToMoney(OfItsDays(line, line.Quantity * line.UnitPrice.Amount), currency) == line.Amount || (line.Quantity == 1 && line.UnitPrice.Amount == line.Amount.Amount), told);
        }
        else
        {
            Assert.True(Cycles.Contains(line.Explanation.Rule), told);
            IsOfItsCycle(line, (RecurringLine)priced, told);
        }
    }

    private static void IsExplained(RatedLine line, string told)
    {
        var figures = line.Explanation.Figures;
        Assert.True(figures.Count > 0, told);
        Assert.True(
            line.Kind == LineKind.Covered || figures.Any(figure => figure.Unit == line.Amount.Currency.Code && Rounding.ToMoney(Math.Abs(figure.Value), line.Amount.Currency).Amount == Math.Abs(line.Amount.Amount)), told);
        Assert.True(figures.Where(figure => figure.Name == "discount").Sum(figure => figure.Value) == line.Discount.Amount, told);
    }

    private static void IsTold(RatedLine line, string told)
    {
        foreach (var text in new[] { line.Description, line.Explanation.Sentence }.Concat(line.Details.Select(detail => $"{detail.Text()}{detail.Treatment}")))
        {
            Assert.True(!string.IsNullOrWhiteSpace(text) && !Odd().IsMatch(text), told);
        }

        Assert.True(line.Explanation.Sentence.EndsWith('.') && char.IsLetterOrDigit(line.Explanation.Sentence.TrimStart('-', '(')[0]), told);
    }

    // Divided last, as a third of a half coin is none.
    private static decimal OfItsDays(RatedLine line, decimal whole)
    {
        var figures = line.Explanation.Figures;
        return figures.FirstOrDefault(figure => figure.Name == "days") is { } days ? whole * days.Value / figures.First(figure => figure.Name == "periodDays").Value : whole;
    }

    /// <summary>The sum over the stretches that its figures tell; a unit's price that tiers come to is told to six places.</summary>
    private static void IsOfItsCycle(RatedLine line, RecurringLine priced, string told)
    {
        var (sum, term, inexact) = (0m, 0m, 0m);
        var days = 0m;
        foreach (var figure in line.Explanation.Figures)
        {
            switch (figure.Name)
            {
                case "quantity":
                    (sum, term) = (sum + term, figure.Value);
                    inexact += priced.Pricing is null ? 0 : Math.Abs(figure.Value) * 0.0000005m;
                    break;
                case "unitPrice":
                    term *= figure.Value;
                    break;
                case "percentOff":
                    term *= (100 - figure.Value) / 100;
                    break;
                case "days":
                    days = figure.Value;
                    break;
                case "cycleDays":
                    term *= days;
                    term /= figure.Value;
                    break;
                default:
                    break;
            }
        }

        // The quotient's last place may decide a half.
        var exact = sum + term;
        var most = inexact + 0.0000000000001m;
        var isTiersOfNothing = priced.Pricing is not null && line.Explanation.Figures.Any(figure => figure is { Name: "quantity", Value: 0 });
        Assert.True(
            isTiersOfNothing || (line.Amount.Amount >= Rounding.ToMoney(exact - most, line.Amount.Currency).Amount && line.Amount.Amount <= Rounding.ToMoney(exact + most, line.Amount.Currency).Amount),
            $"{exact} is not {told}");
        var last = line.Explanation.Figures.Last(figure => figure.Name == "unitPrice").Value;
        Assert.True(line.UnitPrice.Amount == last, told);
    }

    [GeneratedRegex(@"NaN|Infinity|MspBilling|System\.|[{}]|\bnull\b|  |\.\.|-0(\.0+)?(?![\d.-])| ,|Record \{", RegexOptions.CultureInvariant)]
    private static partial Regex Odd();
}
