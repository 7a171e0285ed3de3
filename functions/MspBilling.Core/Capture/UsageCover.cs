namespace MspBilling.Core.Capture;

/// <summary>Days that an export holds whole.</summary>
/// <param name="To">The last day.</param>
/// <param name="At">When the export was run.</param>
/// <param name="File">The export's name, for messages.</param>
public sealed record CoveredDays(DateOnly From, DateOnly To, DateTimeOffset At, string File);

/// <summary>Which days of a scope the exports hold that came so far, and when the newest of each day was run.</summary>
/// <remarks>
/// A usage record that is older than the newest export of its day, and not in it, is withdrawn. As the newest of each day is kept, the exports may come in any
/// order; of two that were run at the same time, neither withdraws what the other has. A scope without a sub-account is all of a billing account, one without a
/// billing account all of a sub-account.
/// </remarks>
/// <param name="Days">In their order, none of them overlapping.</param>
public sealed record UsageCover(UsageScope Scope, IReadOnlyList<CoveredDays> Days)
{
    /// <summary>The newest export of a day; null where there is none.</summary>
    public CoveredDays? On(DateOnly day) => Days.FirstOrDefault(days => days.From <= day && day <= days.To);

    /// <summary>The first that overlaps with days.</summary>
    public CoveredDays? Within(DateOnly from, DateOnly to) => Days.FirstOrDefault(days => days.From <= to && from <= days.To);

    /// <summary>With another export's days: the same whatever is added first.</summary>
    public UsageCover With(CoveredDays added)
    {
        var all = Days.Append(added).ToList();
        var cuts = all.SelectMany(days => new[] { days.From.DayNumber, days.To.DayNumber + 1 }).Distinct().Order().ToList();
        var merged = new List<CoveredDays>();
        foreach (var (from, end) in cuts.Zip(cuts.Skip(1)))
        {
            var newest = all.Where(days => days.From.DayNumber <= from && from <= days.To.DayNumber).OrderByDescending(days => days.At).ThenByDescending(days => days.File, StringComparer.Ordinal).FirstOrDefault();
            if (newest is null)
            {
                continue;
            }

            var to = DateOnly.FromDayNumber(end - 1);
            if (merged is [.., var last] && last.At == newest.At && last.File == newest.File && last.To.DayNumber + 1 == from)
            {
                merged[^1] = last with { To = to };
            }
            else
            {
                merged.Add(newest with { From = DateOnly.FromDayNumber(from), To = to });
            }
        }

        return this with { Days = merged };
    }
}
