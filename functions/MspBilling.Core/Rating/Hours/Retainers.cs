using System.Globalization;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>Time that is paid for already: retainers and blocks, of hours and of money.</summary>
/// <remarks>
/// An agreement's retainers are drawn in the order of their lines, each by the pieces in the order of their start, in charged hours. A retainer of hours
/// covers what its lots have on the piece's day; an hour takes its work type's weight of it: 1.00 h left covers 0.50 h of weight 2. What is beyond it is
/// billed, at the overage rate where there is one. A retainer of money pays what the rounded lines of its services come to after
/// write-downs, so that work that it pays for whole nets to nothing, to the cent: lines of 10.01 and 10.01, 100.00 brought forward: 20.02 drawn, 79.98 left.
/// Nothing is rounded here but the price of a block.
/// </remarks>
internal static class Retainers
{
    /// <summary>Covers pieces, which stand in the order of their start, with the part's retainers of hours, before they are priced.</summary>
    public static void Draw(AgreementPart part, Span<TimePiece> pieces, RatingOutput output)
    {
        foreach (var line in part.Version.Lines)
        {
            if (line is RetainerLine { Measure: RetainerMeasure.Hours } retainer)
            {
                DrawHours(part, retainer, pieces, output);
            }
        }
    }

    /// <summary>Pays for pieces with the part's retainers of money, after the lines of time and their write-downs have been added.</summary>
    public static void DrawMoney(AgreementPart part, Span<TimePiece> pieces, RatingOutput output)
    {
        decimal[]? payable = null;
        foreach (var line in part.Version.Lines)
        {
            if (line is RetainerLine { Measure: RetainerMeasure.Money } retainer)
            {
                payable ??= Payable.Of(part, pieces, output);
                DrawMoney(part, retainer, pieces, payable, output);
            }
        }
    }

    private static void DrawHours(AgreementPart part, RetainerLine line, Span<TimePiece> pieces, RatingOutput output)
    {
        var lots = Open(part, line, output);
        var weights = Weights(line);
        var beyond = line.OverageRate is null ? null : "beyond " + (line.Description ?? "the retainer");
        var rows = new List<TimeRow>();
        var covered = 0m;
        TimeLine? last = null;
        var pays = false;
        for (var i = 0; i < pieces.Length; i++)
        {
            ref var piece = ref pieces[i];
            if (!ReferenceEquals(piece.Line, last))
            {
                (last, pays) = (piece.Line, Pays(line, piece.Line));
            }

            if (!pays || piece.IsTrip || piece.BilledHours <= 0)
            {
                continue;
            }

            var weight = weights is not null && piece.Entry.WorkType is { } workType ? weights.GetValueOrDefault(workType, 1) : 1;
            var wanted = piece.BilledHours * weight;
            var drawn = line.IsUnlimited ? wanted : lots.Draw(DayOf(part, piece), wanted);
            var hours = drawn == wanted ? piece.BilledHours : drawn / weight;
            if (hours > 0)
            {
                piece.CoveredHours += hours;
                covered += hours;
                rows.Add(new TimeRow(piece.Entry, piece.Day, hours, Treatment(piece, hours, drawn)));
            }

            if (line.OverageRate is { } rate && piece.BilledHours > 0 && piece.Effects?.Price is null)
            {
                piece.Rate = piece.Effects is { } effects ? effects.On(rate) : rate;
                piece.Label = beyond;
            }
        }

        lots.Close(part.InForce.End);
        if (covered > 0 || lots.Ended > 0)
        {
            var explanation = line.IsUnlimited
                ? part.Explain(nameof(Retainers), $"{part.Agreement.Name} includes all time.", new ExplainedFigure("hours", covered, "h"))
                : new RetainerWords(part, line).Balance(lots, covered);
            output.Add(part, line, part.Line(
                line, "", line.Description ?? "Time covered by included hours", covered, "h", new UnitPrice(0, part.Currency), Money.Zero(part.Currency), explanation, new TimeDetails(rows, "h")) with
            {
                Kind = LineKind.Covered,
            });
        }

        Close(part, line, lots, output);
    }

    private static void DrawMoney(AgreementPart part, RetainerLine line, Span<TimePiece> pieces, decimal[] payable, RatingOutput output)
    {
        var lots = Open(part, line, output);
        var paid = 0m;
        for (var i = 0; i < pieces.Length; i++)
        {
            ref var piece = ref pieces[i];
            if (payable[i] > 0 && Pays(line, piece.Line))
            {
                var drawn = line.IsUnlimited ? payable[i] : lots.Draw(DayOf(part, piece), payable[i]);
                payable[i] -= drawn;
                piece.CoveredAmount += drawn;
                paid += drawn;
            }
        }

        lots.Close(part.InForce.End);
        if (paid > 0 || lots.Ended > 0)
        {
            var amount = new Money(-paid, part.Currency);
            var explanation = line.IsUnlimited
                ? part.Explain(nameof(Retainers), $"{part.Agreement.Name} includes all time.", new ExplainedFigure("amount", amount.Amount, part.Currency.Code))
                : new RetainerWords(part, line).Balance(lots, 0);
            output.Add(part, line, part.Line(
                line, "", line.Description ?? "Paid from the retainer", 1, "retainer", new UnitPrice(amount.Amount, part.Currency), amount, explanation) with
            {
                Kind = LineKind.Drawn,
            });
        }

        Close(part, line, lots, output);
    }

    /// <summary>The lots, with the blocks that the part sells billed.</summary>
    private static RetainerLots Open(AgreementPart part, RetainerLine line, RatingOutput output)
    {
        var lots = RetainerLots.Of(part, line, output);
        foreach (var grant in lots.Grants)
        {
            if (grant.Sold is { Price: { } each } block)
            {
                var words = new RetainerWords(part, line);
                var price = new UnitPrice(each, part.Currency);
                var amount = price.Extend(1);
                var until = block.ExpiresOn is { } ends ? string.Create(CultureInfo.InvariantCulture, $", to be used until {ends.AddDays(-1):yyyy-MM-dd}") : "";
                var explanation = part.Explain(
                    nameof(Retainers), $"{words.Of(grant.Lot.Granted)} {grant.Words} for {Figures.Of(amount)}{until}.", words.Figure("granted", grant.Lot.Granted), new ExplainedFigure("amount", amount.Amount, part.Currency.Code));
                output.Add(part, line, part.Line(line, grant.Item, $"Block of {words.Short(grant.Lot.Granted)}", 1, "block", price, amount, explanation));
            }
        }

        return lots;
    }

    private static void Close(AgreementPart part, RetainerLine line, RetainerLots lots, RatingOutput output)
    {
        if (!line.IsUnlimited)
        {
            output.Carry(lots.Carried(RetainerLots.KeyOf(part, line), part.InForce.End, TopUps.Sell(part, line, lots, output)));
        }
    }

    /// <summary>Work that goes on past the part's last midnight began in it, and is drawn from what it has on its last day.</summary>
    private static DateOnly DayOf(AgreementPart part, in TimePiece piece) => piece.Day < part.InForce.End ? piece.Day : part.InForce.LastDay;

    private static bool Pays(RetainerLine line, TimeLine time) => line.Services is null || line.Services.Contains(time.Service);

    private static Dictionary<string, decimal>? Weights(RetainerLine line)
    {
        if (line.Weights.Count == 0)
        {
            return null;
        }

        var weights = new Dictionary<string, decimal>(StringComparer.OrdinalIgnoreCase);
        foreach (var weight in line.Weights)
        {
            weights.TryAdd(weight.WorkType, weight.Weight);
        }

        return weights;
    }

    private static string? Treatment(in TimePiece piece, decimal hours, decimal drawn)
    {
        var charged = (piece.Charged == piece.Worked, hours == piece.Charged) switch
        {
            (true, true) => null,
            (false, true) => $"{Figures.Hours(piece.Worked)} h worked",
            _ => $"{Figures.Hours(piece.Worked)} h worked, {Figures.Hours(piece.Charged)} h charged, of it {Figures.Hours(hours)} h included",
        };
        return drawn == hours ? charged : $"{charged}{(charged is null ? "" : ", ")}takes {Figures.Hours(drawn)} h";
    }
}
