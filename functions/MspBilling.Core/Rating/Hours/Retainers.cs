#pragma warning disable IDE0060 // until the rule is written
namespace MspBilling.Core.Rating;

internal static class Retainers
{
    /// <summary>Draws the pieces, which stand in the order of their start, from the part's retainers, and adds the lines of blocks, top-ups and covered time.</summary>
    public static void Draw(AgreementPart part, TimePiece[] pieces, RatingOutput output)
    {
    }
}
