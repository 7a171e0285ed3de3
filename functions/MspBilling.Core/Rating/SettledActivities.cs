using System.Collections;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The dispositions of a case in the order of its activities; of one activity the first that it was given, then the others by their kind.</summary>
/// <remarks>
/// Nearly every activity has one disposition, of all that was captured. Of these only kind, reason and detail are kept, and the rest is read from the
/// activity: a disposition is several times as large as what is particular about it, and a month has one for each of its activities.
/// </remarks>
internal sealed class SettledActivities(Activity[] activities) : IReadOnlyList<Disposition>
{
    private const int Open = 0;
    private const int Whole = -1;

    private readonly Entry[] _entries = new Entry[activities.Length];

    // Those that are not of the whole activity, or have a value.
    private readonly List<Disposition> _stated = [];
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
                    return _further[middle].Disposition;
                }

                (from, to) = place < index ? (middle + 1, to) : (from, middle);
            }

            return First(index - from);
        }
    }

    /// <summary>All of an activity.</summary>
    public void Add(int activity, DispositionKind kind, Reason? reason, string? detail)
    {
        if (_entries[activity].Place == Open)
        {
            _entries[activity] = new Entry(Whole, kind, reason, detail);
        }
        else
        {
            AddFurther(activity, new Disposition(activities[activity].Id, kind, reason, detail, activities[activity].Captured));
        }
    }

    public void Add(int activity, in Disposition disposition)
    {
        if (_entries[activity].Place == Open)
        {
            _stated.Add(disposition);
            _entries[activity] = new Entry(_stated.Count, default, null, null);
        }
        else
        {
            AddFurther(activity, disposition);
        }
    }

    /// <summary>All that an activity was given.</summary>
    public List<Disposition> Of(int activity)
    {
        Sort();
        var all = new List<Disposition> { First(activity) };
        for (var i = FirstFurther(activity); i < _further.Count && _further[i].Activity == activity; i++)
        {
            all.Add(_further[i].Disposition);
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

        _entries[activity] = default;
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
                yield return _further[next].Disposition;
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

    private void AddFurther(int activity, in Disposition disposition)
    {
        _further.Add(new Further(activity, _further.Count, disposition));
        _isSorted = false;
    }

    private void Sort()
    {
        if (!_isSorted)
        {
            _further.Sort(static (left, right) =>
                left.Activity != right.Activity ? left.Activity.CompareTo(right.Activity)
                : left.Disposition.Kind != right.Disposition.Kind ? ((int)left.Disposition.Kind).CompareTo((int)right.Disposition.Kind)
                : left.Rank.CompareTo(right.Rank));
            _isSorted = true;
        }
    }

    private Disposition First(int activity)
    {
        ref readonly var entry = ref _entries[activity];
        return entry.Place switch
        {
            Open => default,
            Whole => new Disposition(activities[activity].Id, entry.Kind, entry.Reason, entry.Detail, activities[activity].Captured),
            _ => _stated[entry.Place - 1],
        };
    }

    /// <param name="Place">From 1, of what is stated; or one of the two that say that nothing is.</param>
    private readonly record struct Entry(int Place, DispositionKind Kind, Reason? Reason, string? Detail);

    /// <param name="Rank">In which order they were given.</param>
    private readonly record struct Further(int Activity, int Rank, Disposition Disposition);
}
