using MspBilling.Core.Invoicing;

namespace MspBilling.App.Rating;

/// <summary>A bill, or a bill of holds where amounts or dates are beyond what can be computed with, which a close would hold too.</summary>
internal static class PricedBill
{
    private const string TooLarge = "An amount or a date is too large to be computed with.";

    public static ClientBill Of(Func<ClientBill> bill, Func<string, ClientBill> quarantine)
    {
        try
        {
            return bill();
        }
        catch (Exception e) when (e is OverflowException or ArgumentOutOfRangeException)
        {
            return quarantine(TooLarge);
        }
    }
}
