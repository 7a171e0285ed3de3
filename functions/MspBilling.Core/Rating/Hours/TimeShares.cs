using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>What became of a piece's worked hours: covered by a retainer, written down to a cap, held, and billed.</summary>
/// <remarks>
/// Worked hours follow the charged ones, and charged ones the money: of 1.40 h worked and 1.50 h charged, 1.00 h covered is 0.9333 h, and the
/// 0.4667 h left are billed. Of 2.00 h at 95.00 with 47.50 above a cap, 0.50 h is written off. Shares have four places; the last takes the rest.
/// </remarks>
internal static class TimeShares
{
    /// <param name="line">Description of the line that bills it; null for none.</param>
    public static void Settle(in TimePiece piece, string? line, AgreementPart part, RatingOutput output)
    {
        var left = piece.Worked;
        if (piece.CoveredHours > 0)
        {
            var covered = piece.BilledHours == 0 ? left : TimeRounding.Share(left, piece.CoveredHours, piece.Charged);
            Add(piece, DispositionKind.Covered, Reason.Retainer, null, covered, output);
            left -= covered;
        }

        if (piece.BilledHours == 0 && !piece.IsTrip)
        {
            return;
        }

        if (TimeCharges.LacksPrice(piece))
        {
            Add(piece, DispositionKind.Held, Reason.MissingRate, TimeCharges.Missing(piece.Matched, part), left, output);
            return;
        }

        var (amount, ofPriced) = (piece.Amount, left);
        if (piece.CoveredAmount > 0)
        {
            var covered = piece.CoveredAmount >= amount ? left : TimeRounding.Share(ofPriced, piece.CoveredAmount, amount);
            Add(piece, DispositionKind.Covered, Reason.Retainer, null, covered, output);
            left -= covered;
        }

        if (piece.WrittenDown > 0 && left > 0)
        {
            var off = piece.CoveredAmount + piece.WrittenDown >= amount ? left : Math.Min(left, TimeRounding.Share(ofPriced, piece.WrittenDown, amount));
            Add(piece, DispositionKind.WrittenOff, Reason.AboveCap, null, off, output);
            left -= off;
        }

        if (left > 0)
        {
            Add(piece, DispositionKind.Billed, null, line, left, output);
        }
    }

    private static void Add(in TimePiece piece, DispositionKind kind, Reason? reason, string? detail, decimal hours, RatingOutput output)
    {
        if (hours <= 0)
        {
            return;
        }

        if (piece.IsWhole && hours == piece.Worked)
        {
            output.Whole(piece.Matched, kind, reason, detail);
        }
        else
        {
            output.Share(piece.Matched, kind, reason, detail, new CapturedQuantity(hours, 0, 0));
        }
    }
}
