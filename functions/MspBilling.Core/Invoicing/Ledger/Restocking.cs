using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>Lines that a credit note has released, of one period.</summary>
/// <param name="Id">Of the note's entry.</param>
/// <param name="Words">Who credited them and why.</param>
/// <param name="Lines">As they were invoiced.</param>
public sealed record ReleasedLines(string Id, string Words, IReadOnlyList<RatedLine> Lines);

/// <summary>Credited work that is billed again: what stands as billed for its period is less by the lines that were credited, so that the next adjustment bills them.</summary>
/// <remarks>
/// <para>570.00 were billed, and all of it is credited: nothing stands, and the next invoice has 570.00 once more, at what the work comes to then. If it was adjusted to
/// 760.00 since, the 760.00 stand and the 570.00 stand against them, so that the next invoice bills 570.00 all the same: what stands is always what was billed less what was credited.</para>
/// <para>Until then the work is held, so that it is seen. A note that does not restock changes nothing here: its work stays billed, and the money is given.</para>
/// </remarks>
public static class Restocking
{
    /// <param name="then">How the period stands without them.</param>
    /// <param name="released">Of the period; those that it stands with already are left out.</param>
    public static StandingPeriod Of(StandingPeriod then, IEnumerable<ReleasedLines> released)
    {
        var known = then.Restocked ?? [];
        var fresh = released.Where(note => !known.Contains(note.Id)).ToList();
        if (fresh.Count == 0)
        {
            return then;
        }

        List<RatedLine> lines = [.. then.Lines];
        IReadOnlyList<Disposition> dispositions = then.Dispositions;
        foreach (var note in fresh)
        {
            foreach (var line in note.Lines)
            {
                var stands = lines.FindIndex(each => each.Key == line.Key && each.Amount == line.Amount && each.Discount == line.Discount);
                if (stands >= 0)
                {
                    lines.RemoveAt(stands);
                }
                else
                {
                    lines.Add(Against(line));
                }
            }

            dispositions = Held(dispositions, note);
        }

        return then with { Lines = lines, Dispositions = dispositions, Restocked = [.. known, .. fresh.Select(note => note.Id)] };
    }

    private static RatedLine Against(RatedLine line) => line with
    {
        Adjusts = null,
        Quantity = -line.Quantity,
        Amount = -line.Amount,
        Discount = -line.Discount,
        Details = [.. line.Details.Select(detail => detail with { Quantity = -detail.Quantity })],
    };

    private static List<Disposition> Held(IReadOnlyList<Disposition> dispositions, ReleasedLines note)
    {
        var worth = note.Lines.GroupBy(line => line.Description).ToDictionary(g => g.Key, g => (Money?)Money.Sum(g.Select(line => line.Net), g.First().Net.Currency), StringComparer.Ordinal);
        var held = new List<Disposition>(dispositions.Count);
        foreach (var disposition in dispositions)
        {
            if (disposition is { Kind: DispositionKind.Billed, Detail: { } line } && worth.TryGetValue(line, out var value))
            {
                // The worth of the line, once.
                worth[line] = null;
                held.Add(disposition with { Kind = DispositionKind.Held, Reason = Reason.Credited, Detail = $"{line} was credited: {note.Words}.", Value = value });
            }
            else
            {
                held.Add(disposition);
            }
        }

        return held;
    }
}
