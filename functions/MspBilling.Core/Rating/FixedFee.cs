using System.Globalization;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>The agreement's fixed fee for the period, in full or by its days.</summary>
/// <remarks>
/// A period of which the agreement covers a part pays fee x days / days of the period where the agreement prorates (actual
/// days, half-open), else the whole fee. 2,400.00 a month from 12 September is 2,400.00 x 19/30 = 1,520.00.
/// </remarks>
internal static class FixedFee
{
    public static RatedPeriod Rate(AgreementPeriod part)
    {
        var agreement = part.Agreement;
        if (agreement.Line<FixedFeeLine>() is not { } line || agreement.MonthlyFee is not > 0)
        {
            return RatedPeriod.Empty;
        }

        var share = agreement.Prorate ? part.Period.ShareOf(part.InForce) : Fraction.Whole;
        var price = new UnitPrice(agreement.MonthlyFee.Value, agreement.Currency);
        var amount = price.Extend(1, share);
        var sentence = share.IsWhole
            ? string.Create(CultureInfo.InvariantCulture, $"{Figures.Of(price)} a month for {part.Period}.")
            : string.Create(CultureInfo.InvariantCulture, $"{Figures.Of(price)} a month x {share.Numerator} of {share.Denominator} days ({part.InForce.Start:yyyy-MM-dd} to {part.InForce.LastDay:yyyy-MM-dd}) = {Figures.Of(amount)}.");
        return new RatedPeriod([part.Line(line.Service, $"{line.Description}: {agreement.Name}", 1, "month", price, amount, new Explanation(nameof(FixedFee), sentence))], []);
    }
}
