using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Where the rules put what they make of a case: lines, dispositions, and what is carried on.</summary>
/// <remarks>Everything comes out in one order, whatever order the rules worked in: lines by agreement and agreement line, dispositions by activity.</remarks>
internal sealed class RatingOutput(RatingCase @case, Activity[] activities)
{
    private readonly List<(int Part, int Line, RatedLine Rated)> _lines = [];
    private readonly SettledActivities _settled = new(activities);

    // What further versions make of what stands: each its shares, one version after the other.
    private readonly SortedDictionary<int, List<Disposition>> _repeats = [];
    private readonly Dictionary<CarriedKey, Balance> _balances = @case.Carried.Balances.ToDictionary(balance => balance.Key);
    private readonly Dictionary<CarriedKey, RunningTotal> _totals = @case.Carried.Totals.ToDictionary(total => total.Key);

    private readonly List<CarriedReading> _readings = [];

    public void Add(AgreementPart part, AgreementLine line, RatedLine rated) => _lines.Add((part.Index, IndexOf(part.Version.Lines, line), rated));

    /// <summary>What the lines that were added for an agreement line come to, write-downs taken off.</summary>
    public decimal Charged(AgreementPart part, AgreementLine line)
    {
        var index = IndexOf(part.Version.Lines, line);
        var sum = 0m;
        foreach (var added in _lines)
        {
            if (added.Part == part.Index && added.Line == index)
            {
                sum += added.Rated.Amount.Amount;
            }
        }

        return sum;
    }

    /// <summary>What became of an activity, or of a share of it.</summary>
    public void Settle(int index, in Disposition disposition)
    {
        if (index >= 0)
        {
            _settled.Add(index, disposition);
        }
        else if (_repeats.TryGetValue(Matched.Repeat(index), out var shares))
        {
            shares.Add(disposition);
        }
        else
        {
            _repeats.Add(Matched.Repeat(index), [disposition]);
        }
    }

    /// <summary>What became of an activity that no line prices.</summary>
    public void Settle(int index, Settlement settlement) => _settled.Add(index, settlement.Kind, settlement.Reason, settlement.Detail, settlement.Value);

    public void Billed(in Matched matched, string line) => Whole(matched, DispositionKind.Billed, null, line);

    public void Covered(in Matched matched, Reason reason, string? detail = null) => Whole(matched, DispositionKind.Covered, reason, detail);

    public void Held(in Matched matched, Reason reason, string? detail = null, Money? value = null) => Whole(matched, DispositionKind.Held, reason, detail, value);

    /// <summary>All of an activity.</summary>
    public void Whole(in Matched matched, DispositionKind kind, Reason? reason, string? detail, Money? value = null)
    {
        if (matched.Index >= 0)
        {
            _settled.Add(matched.Index, kind, reason, detail, value);
        }
        else
        {
            Settle(matched.Index, new Disposition(matched.Activity.Id, kind, reason, detail, matched.Activity.Captured, value));
        }
    }

    /// <summary>A share of an activity; the caller sees to it that the shares add up.</summary>
    public void Share(in Matched matched, DispositionKind kind, Reason? reason, string? detail, in CapturedQuantity share)
    {
        if (share == matched.Activity.Captured)
        {
            Whole(matched, kind, reason, detail);
        }
        else
        {
            Settle(matched.Index, new Disposition(matched.Activity.Id, kind, reason, detail, share));
        }
    }

    public Balance? Balance(CarriedKey key) => _balances.GetValueOrDefault(key);

    public void Carry(Balance balance) => _balances[balance.Key] = balance;

    public bool Knows(CarriedKey key) => _totals.ContainsKey(key);

    /// <summary>Whether anything was carried to a line.</summary>
    public bool HasTotals(CarriedKey line)
    {
        foreach (var key in _totals.Keys)
        {
            if (key.LineId == line.LineId && key.AgreementId == line.AgreementId)
            {
                return true;
            }
        }

        return false;
    }

    public decimal Total(CarriedKey key) => _totals.TryGetValue(key, out var total) ? total.Amount : 0;

    public void Carry(RunningTotal total) => _totals[total.Key] = total;

    /// <summary>The counts that earlier periods left to a line. Those that are not carried again are done with.</summary>
    public IEnumerable<CarriedReading> Readings(CarriedKey line) => @case.Carried.Readings.Where(reading => reading.Key.AgreementId == line.AgreementId && reading.Key.LineId == line.LineId);

    public void Carry(CarriedReading reading) => _readings.Add(reading);

    /// <summary>The lines in the order of agreements and their lines; within one line, in the order in which they were added.</summary>
    public List<RatedLine> Lines() => [.. _lines.OrderBy(line => line.Part).ThenBy(line => line.Line).Select(line => line.Rated)];

    public IReadOnlyList<Disposition> Dispositions()
    {
        foreach (var (index, shares) in _repeats)
        {
            Settle(index, shares);
        }

        _repeats.Clear();
        return _settled;
    }

    /// <summary>What stands is billed where one version bills it, else held where one holds it; what is not due in one is what another makes of it.</summary>
    private void Settle(int index, List<Disposition> repeats)
    {
        var own = _settled.Of(index);
        List<List<Disposition>> outcomes = [own];
        var left = default(CapturedQuantity);
        foreach (var share in repeats)
        {
            if (left == default)
            {
                outcomes.Add([]);
                left = activities[index].Captured;
            }

            outcomes[^1].Add(share);
            left -= share.Quantity;
        }

        var settled = outcomes.Find(outcome => outcome.Exists(share => share.Kind == DispositionKind.Billed))
            ?? outcomes.Find(outcome => outcome.Exists(share => share.Kind == DispositionKind.Held))
            ?? outcomes.Find(outcome => outcome.TrueForAll(share => share.Reason != Reason.NotDue))
            ?? own;
        if (settled != own)
        {
            _settled.Replace(index, settled);
        }
    }

    public CarriedState Carried() => new(
        [.. _balances.Values.Where(balance => balance.Lots.Count > 0 || balance.GrantedTo is not null).Order(Comparer<Balance>.Create((left, right) => CarriedKey.Compare(left.Key, right.Key)))],
        [.. _totals.Values.Where(total => total.Until > @case.Period.End && total.Amount != 0).Order(Comparer<RunningTotal>.Create((left, right) => CarriedKey.Compare(left.Key, right.Key)))])
    {
        Readings =
        [
            .. _readings.OrderBy(reading => reading.Key, Comparer<CarriedKey>.Create(CarriedKey.Compare)).ThenBy(reading => reading.Day)
                .ThenBy(reading => reading.Subject, StringComparer.Ordinal).ThenBy(reading => reading.Quantity),
        ],
    };

    private static int IndexOf(IReadOnlyList<AgreementLine> lines, AgreementLine line)
    {
        for (var i = 0; i < lines.Count; i++)
        {
            if (ReferenceEquals(lines[i], line))
            {
                return i;
            }
        }

        throw new ArgumentException($"The line {line.Id} is not of this version.", nameof(line));
    }
}
