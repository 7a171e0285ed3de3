#pragma warning disable IDE0060 // until the rule is written
namespace MspBilling.Core.Rating;

internal static class TimeCaps
{
    /// <summary>Adds write-down lines for what the pieces come to above the caps of their lines, and carries on what is used of them.</summary>
    /// <returns>For each piece, the amount of it that is written down.</returns>
    public static decimal[] WriteDown(AgreementPart part, TimePiece[] pieces, RatingOutput output) => new decimal[pieces.Length];
}
