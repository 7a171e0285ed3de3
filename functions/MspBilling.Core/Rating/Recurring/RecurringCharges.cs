#pragma warning disable IDE0060 // until the rule is written
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

internal static class RecurringCharges
{
    public static void Rate(AgreementPart part, RecurringLine line, Matched[] activities, RatingOutput output)
    {
        foreach (var matched in activities)
        {
            output.Held(matched, Reason.NoLine);
        }
    }
}
