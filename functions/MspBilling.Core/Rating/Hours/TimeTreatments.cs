using System.Globalization;

namespace MspBilling.Core.Rating;

/// <summary>How the hours of a piece became those on its line: <c>0.42 h worked</c>. Words that many pieces have are made once.</summary>
internal sealed class TimeTreatments
{
    private readonly Dictionary<(decimal Worked, decimal Charged, decimal Covered), string> _treatments = [];

    /// <summary>Of a piece on the line that bills it; null where it is billed as it was worked.</summary>
    public string? Of(in TimePiece piece)
    {
        if (piece.IsTrip)
        {
            return Of(piece.Worked, 0, 0);
        }

        var isSplit = piece.CoveredHours > 0 && piece.BilledHours > 0;
        return piece.Charged == piece.Worked && !isSplit ? null : Of(piece.Worked, isSplit ? piece.Charged : 0, isSplit ? piece.CoveredHours : 0);
    }

    private string Of(decimal worked, decimal charged, decimal covered)
    {
        if (!_treatments.TryGetValue((worked, charged, covered), out var words))
        {
            words = covered == 0
                ? $"{Figures.Hours(worked)} h worked"
                : string.Create(CultureInfo.InvariantCulture, $"{Figures.Hours(worked)} h worked, {Figures.Hours(charged)} h charged, of it {Figures.Hours(covered)} h included");
            _treatments.Add((worked, charged, covered), words);
        }

        return words;
    }
}
