using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>A percentage off each line of the named services, before tax, never below zero.</summary>
/// <remarks>
/// In force when the period starts in its window. Each discount is taken off what the ones before it left, line by line, rounded
/// once: 5 % of 85.50 is 4.275 = 4.28 off. Credits are left as they are.
/// </remarks>
internal static class PercentageDiscount
{
    public static IReadOnlyList<RatedLine> TakeOff(AgreementPeriod part, IReadOnlyList<RatedLine> lines)
    {
        foreach (var discount in part.Agreement.Lines.OfType<DiscountLine>().Where(d => d.InForce.Contains(part.Period.Start)))
        {
            lines = [.. lines.Select(line => discount.Services.Contains(line.Service) && line.Net.Amount > 0 ? TakeOff(line, discount) : line)];
        }

        return lines;
    }

    private static RatedLine TakeOff(RatedLine line, DiscountLine discount)
    {
        var off = line.Net.Percent(discount.Percent);
        var sentence = string.Create(
            System.Globalization.CultureInfo.InvariantCulture, $"{line.Explanation.Sentence} {discount.Description}: {Figures.Quantity(discount.Percent)} % of {Figures.Of(line.Net)} = {Figures.Of(off)} off.");
        return line with { Discount = line.Discount + off, Explanation = line.Explanation with { Sentence = sentence } };
    }
}
