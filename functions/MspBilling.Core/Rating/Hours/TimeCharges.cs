#pragma warning disable IDE0060 // until the rule is written
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

internal static class TimeCharges
{
    public static void Rate(AgreementPart part, IReadOnlyList<(TimeLine Line, Matched[] Entries)> lines, RatingOutput output)
    {
        foreach (var (_, entries) in lines)
        {
            foreach (var entry in entries)
            {
                output.Held(entry, Reason.MissingRate);
            }
        }
    }
}
