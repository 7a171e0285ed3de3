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
                    addition, Reason.ZeroPrice, string.Create(CultureInfo.InvariantCulture, $"{addition.Description}: costs {addition.UnitCost:N2} each."), Money.Zero(part.Agreement.Currency)));
                continue;
            }

            var included = Math.Clamp(addition.LessIncluded, 0, Math.Max(addition.Quantity, 0));
            var covered = new CapturedQuantity(0, included, included * addition.UnitCost);
            if (included > 0)
            {
                dispositions.Add(new Disposition(addition.Id, DispositionKind.Covered, Reason.IncludedUnits, null, covered));
            }

            dispositions.Add(new Disposition(addition.Id, DispositionKind.Billed, null, null, addition.Captured - covered));
            lines.Add(Line(part, addition, addition.Quantity - included));
        }

        return new RatedPeriod(lines, dispositions);
    }

    private static RatedLine Line(AgreementPeriod part, Addition addition, decimal quantity)
    {
        // Matching has made sure that the addition and the agreement share days of the period.
        var days = part.InForce.Overlap(addition.InForce)!.Value;
        var share = addition.Prorate ? part.Period.ShareOf(days) : Fraction.Whole;
        var price = new UnitPrice(addition.UnitPrice, part.Agreement.Currency);
        var amount = price.Extend(quantity, share);

        var counted = addition.LessIncluded > 0
            ? string.Create(CultureInfo.InvariantCulture, $"{addition.Quantity:0.####} less {addition.LessIncluded:0.####} included = {quantity:0.####}")
            : string.Create(CultureInfo.InvariantCulture, $"{quantity:0.####}");
        var sentence = share.IsWhole
            ? string.Create(CultureInfo.InvariantCulture, $"{counted} x {price.Amount:N2} a month = {amount.Amount:N2}.")
            : string.Create(CultureInfo.InvariantCulture, $"{counted} x {price.Amount:N2} a month x {share.Numerator} of {share.Denominator} days ({days.Start:yyyy-MM-dd} to {days.LastDay:yyyy-MM-dd}) = {amount.Amount:N2}.");
        var service = part.Agreement.Line<AdditionsLine>()!.Service;
        return part.Line(service, addition.Description, quantity, "unit", price, amount, new Explanation(nameof(RecurringAdditions), sentence), [new LineDetail(null, null, addition.Sku, addition.Description, quantity, "unit", share.IsWhole ? null : $"{share.Numerator} of {share.Denominator} days")]) with
        {
            ServicePeriod = days,
        };
    }
}
