using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>The days on which a recurring line goes on as it is, over versions that change something else.</summary>
/// <remarks>
/// A fee that three versions of a month have alike is one line of 100.00 and not three of 33.33: an amendment of other terms neither
/// cuts it up nor costs a cent. Counts are left to each version, which aggregates its own; and where a custom rule could change the price of what the
/// line charges, the rules have to be alike too.
/// </remarks>
internal static class UnchangedTerms
{
    public static Period Of(Agreement agreement, AgreementVersion version, RecurringLine line)
    {
        if (agreement.Versions.Count == 1 || line.Quantity is CountQuantity)
        {
            return version.InForce;
        }

        var index = 0;
        while (!ReferenceEquals(agreement.Versions[index], version))
        {
            index++;
        }

        var (first, last) = (index, index);
        while (first > 0 && IsIn(agreement.Versions[first - 1], version, line))
        {
            first--;
        }

        while (last + 1 < agreement.Versions.Count && IsIn(agreement.Versions[last + 1], version, line))
        {
            last++;
        }

        return new Period(agreement.Versions[first].InForce.Start, agreement.Versions[last].InForce.End);
    }

    private static bool IsIn(AgreementVersion other, AgreementVersion version, RecurringLine line)
    {
        foreach (var candidate in other.Lines)
        {
            if (candidate.Id == line.Id)
            {
                return candidate is RecurringLine recurring && IsSame(recurring, line) && (line.Quantity is FlatQuantity or AgreedQuantity || IsSame(other.Rules, version.Rules));
            }
        }

        return false;
    }

    private static bool IsSame(RecurringLine left, RecurringLine right) =>
        left with { Prices = right.Prices, Quantity = right.Quantity, Pricing = right.Pricing, Match = right.Match } == right
        && left.Prices.SequenceEqual(right.Prices)
        && IsSame(left.Quantity, right.Quantity)
        && IsSame(left.Pricing, right.Pricing)
        && IsSame(left.Match, right.Match);

    // Records with lists in them are alike when they are written alike.
    private static bool IsSame<T>(T? left, T? right)
        where T : class =>
        ReferenceEquals(left, right) || (left is not null && right is not null && (left.Equals(right) || RecordJson.Serialize(left).AsSpan().SequenceEqual(RecordJson.Serialize(right))));
}
