using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Recurring services per unit: quantity less what is included, times price, by the days in force.</summary>
/// <remarks>
/// Each addition is a line of its own in each due cycle, over the days that it and the agreement share: a seat added on the 14th of September has 17
/// of 30 days, 26.40 x 17/30 = 14.96. One that does not prorate is charged whole in each cycle it touches. Its own price is a month's, and
/// a quarter's is three of it; the line's price, where it has one, is a cycle's. The included units are covered, the rest is billed, and all of
/// it is covered in a free trial. A price of zero on something that costs money is held: who means it free marks it no charge, or releases it.
/// </remarks>
internal static class AdditionCharges
{
    public static void Rate(AgreementPart part, RecurringLine line, ArraySegment<Matched> activities, RatingOutput output)
    {
        var dues = activities.Count == 0 ? [] : DueCycles.Of(part.Agreement, part.Version, line, part.Period).ToArray();
        foreach (var matched in activities)
        {
            Rate(part, line, dues, matched, (Addition)matched.Activity, output);
        }
    }

    private static void Rate(AgreementPart part, RecurringLine line, DueCycle[] dues, in Matched matched, Addition addition, RatingOutput output)
    {
        var own = line is { Prices.Count: 0, Pricing: null };
        if (own && addition is { UnitPrice: 0, UnitCost: > 0 } && matched.Effects?.Price is null)
        {
            if (part.Case.Decisions?.Release(addition.Id, Reason.ZeroPrice) is { } accepted)
            {
                output.Whole(matched, DispositionKind.NonBillable, Reason.AcceptedNoCharge, accepted.Words);
                return;
            }

            output.Held(matched, Reason.ZeroPrice, $"{addition.Description}: costs {Figures.Of(new UnitPrice(addition.UnitCost, part.Currency))} each.", Money.Zero(part.Currency));
            return;
        }

        var proration = addition.Prorate ? line.Proration : Proration.None;
        var (charges, isTouched) = (new List<CycleCharge>(), false);
        foreach (var due in dues)
        {
            if (due.Days.Overlap(addition.InForce) is not { } days)
            {
                continue;
            }

            // A cycle that a later version charges whole is that version's to bill.
            if (proration == Proration.None && OtherVersions.ChargeWhole(part, line, due.Cycle, addition.InForce, addition))
            {
                continue;
            }

            isTouched = true;
            var quantity = QuantityOverTime.Of(addition.Quantity - addition.Included);
            var charge = CycleCharge.Of(part, line, due with { Days = days }, proration, quantity, addition.UnitPrice * line.CycleMonths, matched.Effects)!;
            if (!charge.IsPriced)
            {
                output.Held(matched, Reason.MissingPrice, $"{addition.Description}, {days}.");
                return;
            }

            charges.Add(charge);
        }

        var description = line.Description is null ? addition.Description : $"{line.Description}: {addition.Description}";
        foreach (var charge in charges)
        {
            var amount = charge.Amount(part.Currency);
            var explanation = CycleSentence.Explain(part, line, charge, nameof(AdditionCharges), amount, Counted(addition), null, matched.Effects);
            output.Add(part, line, RecurringCharges.Line(part, line, charge, addition.Id.ExternalId, description, line.Unit ?? "unit", amount, explanation, matched.Effects) with { Sku = addition.Sku });
        }

        Settle(matched, addition, description, isTouched, isFree: charges.Count > 0 && charges.All(charge => charge.IsFree), output);
    }

    private static void Settle(in Matched matched, Addition addition, string description, bool isTouched, bool isFree, RatingOutput output)
    {
        if (!isTouched || isFree)
        {
            output.Covered(matched, isTouched ? Reason.Trial : Reason.NotDue);
            return;
        }

        var included = addition.Included;
        var covered = new CapturedQuantity(0, included, included * addition.UnitCost);
        if (included > 0)
        {
            output.Share(matched, DispositionKind.Covered, Reason.IncludedUnits, null, covered);
        }

        if (included == 0 || included < addition.Quantity)
        {
            output.Share(matched, DispositionKind.Billed, null, description, addition.Captured - covered);
        }
    }

    private static string Counted(Addition addition) => addition.Included > 0
        ? string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantity(addition.Quantity)} less {Figures.Quantity(addition.Included)} included = {Figures.Quantity(addition.Quantity - addition.Included)}")
        : Figures.Quantity(addition.Quantity);
}
