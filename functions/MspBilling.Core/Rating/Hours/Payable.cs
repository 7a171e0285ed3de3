using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>What of the billed time a retainer of money can pay for, piece by piece in whole coins.</summary>
/// <remarks>
/// A time line's lines and write-downs have been rounded, each once; the pieces share out their sum in the order of their start: each has what the rounded
/// sum up to it has gained, and the last takes what is over. Three pieces of 0.335 on a line of 1.01 are 0.34, 0.33 and 0.34.
/// </remarks>
internal static class Payable
{
    public static decimal[] Of(AgreementPart part, Span<TimePiece> pieces, RatingOutput output)
    {
        var payable = new decimal[pieces.Length];
        foreach (var line in part.Version.Lines)
        {
            if (line is TimeLine time)
            {
                ShareOut(Math.Max(output.Charged(part, time), 0), time, pieces, part.Currency, payable);
            }
        }

        return payable;
    }

    private static void ShareOut(decimal total, TimeLine line, Span<TimePiece> pieces, Currency currency, decimal[] payable)
    {
        var (exact, shared) = (0m, 0m);
        for (var i = 0; i < pieces.Length; i++)
        {
            if (ReferenceEquals(pieces[i].Line, line))
            {
                exact += pieces[i].Amount - pieces[i].WrittenDown;
                payable[i] = Rounding.ToMoney(exact, currency).Amount - shared;
                shared += payable[i];
            }
        }

        // Several lines, each rounded by itself, may come to some coins more or less than the sum that is rounded once.
        var over = total - shared;
        for (var i = pieces.Length - 1; i >= 0 && over != 0; i--)
        {
            if (ReferenceEquals(pieces[i].Line, line))
            {
                var share = Math.Max(over, -payable[i]);
                payable[i] += share;
                over -= share;
            }
        }
    }
}
