using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Recurring services per unit: quantity less what is included, times price, by the days in force.</summary>
/// <remarks>
/// Days are actual and half-open: a seat added on the 14th of September has 17 of 30 days, 26.40 x 17/30 = 14.96. An addition
/// that does not prorate is charged whole in each period it touches. The included units are covered, the rest is billed. A price
/// of zero on something that costs money is held: who means it free marks it no charge.
/// </remarks>
internal static class RecurringAdditions
{
    public static RatedPeriod Rate(AgreementPeriod part)
    {
        var lines = new List<RatedLine>();
        var dispositions = new List<Disposition>();
        foreach (var addition in part.Of<Addition>())
        {
            if (addition is { UnitPrice: 0, UnitCost: > 0 })
            {
                dispositions.Add(Disposition.Held(
                    addition, Reason.ZeroPrice, string.Create(CultureInfo.InvariantCulture, $"{addition.Description}: costs {Figures.Of(new UnitPrice(addition.UnitCost, part.Agreement.Currency))} each."), Money.Zero(part.Agreement.Currency)));
                continue;
            }

            var included = Included(addition);
            var covered = new CapturedQuantity(0, included, included * addition.UnitCost);
            if (included > 0)
            {
                dispositions.Add(new Disposition(addition.Id, DispositionKind.Covered, Reason.IncludedUnits, null, covered));
            }

            if (included == 0 || included < addition.Quantity)
            {
                dispositions.Add(new Disposition(addition.Id, DispositionKind.Billed, null, null, addition.Captured - covered));
            }

            lines.Add(Line(part, addition, included));
        }

        return new RatedPeriod(lines, dispositions);
    }

    /// <summary>What the agreement's price includes of the addition, never more than there is.</summary>
    internal static decimal Included(Addition addition) => Math.Clamp(addition.LessIncluded, 0, Math.Max(addition.Quantity, 0));

    private static RatedLine Line(AgreementPeriod part, Addition addition, decimal included)
    {
        var quantity = addition.Quantity - included;

        // Matching has made sure that the addition and the agreement share days of the period.
        var days = part.InForce.Overlap(addition.InForce)!.Value;
        var share = addition.Prorate ? part.Period.ShareOf(days) : Fraction.Whole;
        var price = new UnitPrice(addition.UnitPrice, part.Agreement.Currency);
        var amount = price.Extend(quantity, share);

        var counted = included > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantity(addition.Quantity)} less {Figures.Quantity(included)} included = {Figures.Quantity(quantity)}")
            : string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantity(quantity)}");
        var sentence = share.IsWhole
            ? string.Create(CultureInfo.InvariantCulture, $"{counted} x {Figures.Of(price)} a month = {Figures.Of(amount)}.")
            : string.Create(CultureInfo.InvariantCulture, $"{counted} x {Figures.Of(price)} a month x {share.Numerator} of {share.Denominator} days ({days.Start:yyyy-MM-dd} to {days.LastDay:yyyy-MM-dd}) = {Figures.Of(amount)}.");
        var service = part.Agreement.Line<AdditionsLine>()!.Service;
        return part.Line(service, addition.Description, quantity, "unit", price, amount, new Explanation(nameof(RecurringAdditions), sentence)) with
        {
            Sku = addition.Sku,
            ServicePeriod = days,
        };
    }
}
