using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>All technicians' time of an agreement: priced, drawn from its retainers, billed in lines, written down to its caps.</summary>
/// <remarks>What a retainer covers in hours is on the retainer's own line; what a retainer of money pays and what is written down is billed here, and taken off by a line of theirs.</remarks>
internal static class TimeCharges
{
    public static void Rate(AgreementPart part, IReadOnlyList<(TimeLine Line, ArraySegment<Matched> Entries)> lines, RatingOutput output)
    {
        using var all = TimePieces.Of(part, lines, output);
        var pieces = all.All;
        Retainers.Draw(part, pieces, output);
        var billed = new TimeLines(pieces);
        billed.Add(part, pieces, output);

        // After the lines, so that what is taken off stands below what it is taken off from.
        TimeCaps.WriteDown(part, pieces, output);
        Retainers.DrawMoney(part, pieces, output);
        for (var i = 0; i < pieces.Length; i++)
        {
            TimeShares.Settle(pieces[i], billed.DescriptionOf(pieces[i]), part, output);
        }
    }

    /// <summary>Whether the piece has no price and no retainer pays for all of it. A price that a custom rule sets to nothing is a price.</summary>
    public static bool LacksPrice(in TimePiece piece) => piece.Rate == 0 && piece.BilledHours > 0 && !(piece.Effects?.On(1) <= 0);

    /// <summary>What is missing where an entry has no rate, in the words of a reason's detail.</summary>
    public static string Missing(in Matched matched, AgreementPart part)
    {
        var entry = (TimeEntry)matched.Activity;
        return $"{entry.RoleName ?? entry.RoleId ?? entry.TechnicianName} in {part.Currency} on {part.Agreement.Name}.";
    }
}
