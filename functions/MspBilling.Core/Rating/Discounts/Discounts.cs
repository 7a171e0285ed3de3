using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Percentages and amounts off, before tax, each off what the ones before it left, never below zero.</summary>
/// <remarks>
/// First those of lines and services, then those of agreements, then those of the invoice; of one kind in the order of agreements and of their lines. What
/// a line comes to is told by <see cref="WrittenDown"/>. A percentage of lines or services is taken off each and rounded there: 5 % of 85.50 is 4.275 = 4.28
/// off. All others are reckoned on the sum of their lines, rounded once, and spread by largest remainder: 5 % off an invoice of 85.50 and 14.50 is 5.00, of
/// which 4.28 and 0.72, because 4.275 and 0.725 have equal remainders and the first goes before.
/// </remarks>
internal static class Discounts
{
    public static List<RatedLine> TakeOff(IReadOnlyList<AgreementPart> parts, List<RatedLine> lines)
    {
        var discounts = InForce(parts);
        if (discounts.Count == 0)
        {
            return lines;
        }

        lines = [.. lines];
        var left = WrittenDown.LeftOf(parts, lines, withDrawn: true);
        foreach (var (part, discount) in discounts.OrderBy(d => d.Discount.Scope is DiscountScope.Lines ? DiscountScope.Services : d.Discount.Scope))
        {
            var targets = Enumerable.Range(0, lines.Count).Where(i => left[i] > 0 && lines[i].Amount.Currency == part.Currency && IsTarget(lines[i], part, discount)).ToList();
            if (targets.Count == 0)
            {
                continue;
            }

            if (discount is { Percent: { } percent, Scope: DiscountScope.Lines or DiscountScope.Services })
            {
                foreach (var target in targets)
                {
                    Spread(lines, left, [target], DiscountAmount.OfPercent(percent, new Money(left[target], part.Currency)), discount);
                }
            }
            else if (DiscountAmount.Of(discount, Money.Sum(targets.Select(i => new Money(left[i], part.Currency)), part.Currency)) is { } amount)
            {
                Spread(lines, left, targets, amount, discount);
            }
        }

        return lines;
    }

    /// <summary>Those of the version of each agreement that is in force first in the period.</summary>
    private static List<(AgreementPart Part, DiscountLine Discount)> InForce(IReadOnlyList<AgreementPart> parts)
    {
        var found = new List<(AgreementPart Part, DiscountLine Discount)>();
        for (var i = 0; i < parts.Count; i++)
        {
            if (i == 0 || parts[i - 1].Agreement != parts[i].Agreement)
            {
                found.AddRange(parts[i].Version.Lines.OfType<DiscountLine>().Where(discount => IsInForce(discount, parts[i])).Select(discount => (parts[i], discount)));
            }
        }

        return found;
    }

    private static bool IsInForce(DiscountLine discount, AgreementPart part) =>
        discount.InForce.Contains(part.Period.Start) && (discount.FirstPeriods is not { } first || MonthsSince(part.Agreement.Term.Start, part.Period) < first);

    /// <summary>Months of the calendar from the one in which the term begins: 0 for a period that starts in it.</summary>
    private static int MonthsSince(DateOnly begin, Period period) => ((period.Start.Year - begin.Year) * 12) + period.Start.Month - begin.Month;

    private static bool IsTarget(RatedLine line, AgreementPart part, DiscountLine discount) =>
        discount.Scope == DiscountScope.Invoice
        || (line.AgreementId == part.Agreement.Id && discount.Scope switch
        {
            DiscountScope.Lines => discount.Targets.Contains(line.LineId),
            DiscountScope.Services => discount.Targets.Contains(line.Service),
            _ => true,
        });

    private static void Spread(List<RatedLine> lines, decimal[] left, List<int> targets, DiscountAmount amount, DiscountLine discount)
    {
        var before = targets.Select(i => left[i]).ToList();
        var shares = WrittenDown.TakeFrom(left, targets, amount.Off);
        for (var i = 0; i < targets.Count; i++)
        {
            if (targets.Count == 1 || !shares[i].IsZero)
            {
                lines[targets[i]] = TakeOff(lines[targets[i]], before[i], shares[i], amount, discount, isShared: targets.Count > 1);
            }
        }
    }

    private static RatedLine TakeOff(RatedLine line, decimal before, Money off, DiscountAmount amount, DiscountLine discount, bool isShared)
    {
        var elsewhere = (line.Net - new Money(before, off.Currency)) is { IsZero: false } taken && line.Discount.IsZero
            ? $" {Figures.Of(line.Net)} - {Figures.Of(taken)} that other lines take off it = {Figures.Of(line.Net - taken)}."
            : "";
        return line with
        {
            Discount = line.Discount + off,
            Explanation = line.Explanation with
            {
                Figures = [.. line.Explanation.Figures, .. amount.Figures, new("discount", off.Amount, off.Currency.Code)],
                Sentence = $"{line.Explanation.Sentence}{elsewhere} {discount.Description ?? "Discount"}: {amount.Arithmetic}{(isShared ? $", of which {Figures.Of(off)} here" : "")}.",
            },
        };
    }
}
