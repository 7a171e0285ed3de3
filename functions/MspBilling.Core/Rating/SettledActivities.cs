using System.Collections;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The dispositions of a case in the order of its activities; of one activity the first that it was given, then the others by their kind.</summary>
/// <remarks>
/// Nearly every activity has one disposition, of all that was captured, and most have it alike: billed by one of the lines. Of these only the number of the
/// <see cref="Outcome"/> is kept, and the rest is read from the activity. A disposition is thirty times as large, and a month has one for each of its
/// activities; numbers also hold no objects, which the collector would have to go through.
/// </remarks>
internal sealed class SettledActivities(Activity[] activities) : IReadOnlyList<Disposition>
{
    private const int Open = 0;

    // From 1 the outcome of the whole activity; below 0 the place, from -1 down, of its first share.
    private readonly int[] _firsts = new int[activities.Length];
    private readonly Outcomes _outcomes = new();
    private readonly List<Share> _shares = [];
    private readonly List<Further> _further = [];
    private bool _isSorted = true;

    public int Count => activities.Length + _further.Count;

    public Disposition this[int index]
    {
        get
        {
            Sort();

            // The further one at a place stands behind its activity and the further ones before it.
            var (from, to) = (0, _further.Count);
            while (from < to)
            {
                var middle = (from + to) / 2;
                var place = _further[middle].Activity + 1 + middle;
                if (place == index)
                {
                    return Of(_further[middle]);
                }

                (from, to) = place < index ? (middle + 1, to) : (from, middle);
            }

            return First(index - from);
        }
    }

    /// <summary>All of an activity.</summary>
    public void Add(int activity, DispositionKind kind, Reason? reason, string? detail, Money? value = null)
    {
        var outcome = _outcomes.Of(kind, reason, detail, value);
        if (_firsts[activity] == Open)
        {
            _firsts[activity] = outcome + 1;
        }
        else
        {
            AddFurther(activity, outcome, activities[activity].Captured);
        }
    }

    public void Add(int activity, in Disposition disposition)
    {
        var outcome = _outcomes.Of(disposition.Kind, disposition.Reason, disposition.Detail, disposition.Value);
        if (_firsts[activity] == Open)
        {
            _shares.Add(new Share(outcome, disposition.Quantity));
            _firsts[activity] = -_shares.Count;
        }
        else
        {
            AddFurther(activity, outcome, disposition.Quantity);
        }
    }

    /// <summary>All that an activity was given.</summary>
    public List<Disposition> Of(int activity)
    {
        Sort();
        var all = new List<Disposition> { First(activity) };
        for (var i = FirstFurther(activity); i < _further.Count && _further[i].Activity == activity; i++)
        {
            all.Add(Of(_further[i]));
        }

        return all;
    }

    /// <summary>Gives an activity others instead.</summary>
    public void Replace(int activity, IReadOnlyList<Disposition> by)
    {
        Sort();
        var first = FirstFurther(activity);
        while (first < _further.Count && _further[first].Activity == activity)
        {
            _further.RemoveAt(first);
        }

        _firsts[activity] = Open;
        foreach (var disposition in by)
        {
            Add(activity, disposition);
        }
    }

    public IEnumerator<Disposition> GetEnumerator()
    {
        Sort();
        var next = 0;
        for (var i = 0; i < activities.Length; i++)
        {
            yield return First(i);
            for (; next < _further.Count && _further[next].Activity == i; next++)
            {
                yield return Of(_further[next]);
            }
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private int FirstFurther(int activity)
    {
        var (from, to) = (0, _further.Count);
        while (from < to)
        {
            var middle = (from + to) / 2;
            (from, to) = _further[middle].Activity < activity ? (middle + 1, to) : (from, middle);
        }

        return from;
    }

    private void AddFurther(int activity, int outcome, in CapturedQuantity quantity)
    {
        _further.Add(new Further(activity, _outcomes[outcome].Kind, _shares.Count));
        _shares.Add(new Share(outcome, quantity));
        _isSorted = false;
    }

    private void Sort()
    {
        if (!_isSorted)
        {
            _further.Sort(static (left, right) =>
                left.Activity != right.Activity ? left.Activity.CompareTo(right.Activity)
                : left.Kind != right.Kind ? ((int)left.Kind).CompareTo((int)right.Kind)
                : left.Share.CompareTo(right.Share));
            _isSorted = true;
        }
    }

    private Disposition First(int activity) => _firsts[activity] switch
    {
        Open => default,
        > Open and var outcome => Of(activity, outcome - 1, activities[activity].Captured),
        var share => Of(activity, _shares[-share - 1].Outcome, _shares[-share - 1].Quantity),
    };

    private Disposition Of(Further further) => Of(further.Activity, _shares[further.Share].Outcome, _shares[further.Share].Quantity);

    private Disposition Of(int activity, int outcome, in CapturedQuantity quantity)
    {
        var of = _outcomes[outcome];
        return new Disposition(activities[activity].Id, of.Kind, of.Reason, of.Detail, quantity, of.Value);
    }

    private readonly record struct Share(int Outcome, CapturedQuantity Quantity);

    /// <param name="Share">Its place; they are added in the order in which they are given.</param>
    private readonly record struct Further(int Activity, DispositionKind Kind, int Share);
}
