using System.Buffers;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>By part and line, the activities that it prices, in the order of their ids; then those that another version prices too.</summary>
/// <remarks>They stand in one pooled array, line after line, which goes back to the pool when this is disposed of.</remarks>
internal sealed class MatchedActivities : IDisposable
{
    // Places count the lines of all parts. One more than there are, so that each ends where the next begins.
    private readonly int[] _firstPlace;
    private readonly int[] _starts;
    private readonly Matched[] _byPlace;

    private MatchedActivities(int[] firstPlace, int[] starts) =>
        (_firstPlace, _starts, _byPlace) = (firstPlace, starts, ArrayPool<Matched>.Shared.Rent(starts[^1]));

    public ArraySegment<Matched> Of(AgreementPart part, int line)
    {
        var place = _firstPlace[part.Index] + line;
        return new ArraySegment<Matched>(_byPlace, _starts[place], _starts[place + 1] - _starts[place]);
    }

    /// <summary>Finds the line of each activity, and settles what no line prices.</summary>
    /// <returns>Null where the activities are not in their order; what was settled by then is of no use.</returns>
    public static MatchedActivities? Of(Activity[] activities, List<AgreementPart> parts, RatingCase @case, RatingOutput output)
    {
        var firstPlace = new int[parts.Count + 1];
        foreach (var part in parts)
        {
            firstPlace[part.Index + 1] = firstPlace[part.Index] + part.Version.Lines.Count;
        }

        var places = ArrayPool<int>.Shared.Rent(activities.Length);
        var matched = ArrayPool<Matched>.Shared.Rent(activities.Length);
        var repeats = new List<(int Place, Matched Matched)>();
        var counts = new int[firstPlace[^1]];
        var match = new AgreementMatch(@case, parts);
        for (var i = 0; i < activities.Length; i++)
        {
            if (i > 0 && ActivityOrder.Compare(activities[i - 1], activities[i]) > 0)
            {
                ArrayPool<int>.Shared.Return(places);
                Return(matched, i);
                return null;
            }

            places[i] = -1;
            if (Triage.Settle(activities[i], @case) is { } settled)
            {
                output.Settle(i, settled);
                continue;
            }

            var found = match.Find(activities[i]);
            if (found.Settled is { } held)
            {
                output.Settle(i, held);
                continue;
            }

            places[i] = firstPlace[found.Part!.Index] + found.Place;
            counts[places[i]]++;
            matched[i] = new Matched(found.Activity!, i, found.Effects);
            foreach (var repeat in match.Repeats(found, activities[i]))
            {
                var place = firstPlace[repeat.Part!.Index] + repeat.Place;
                counts[place]++;
                repeats.Add((place, new Matched(repeat.Activity!, Matched.Repeat(i), repeat.Effects)));
            }
        }

        var all = new MatchedActivities(firstPlace, StartsOf(counts));
        var next = all._starts.AsSpan().ToArray();
        for (var i = 0; i < activities.Length; i++)
        {
            if (places[i] >= 0)
            {
                all._byPlace[next[places[i]]++] = matched[i];
            }
        }

        foreach (var (place, repeat) in repeats)
        {
            all._byPlace[next[place]++] = repeat;
        }

        ArrayPool<int>.Shared.Return(places);
        Return(matched, activities.Length);
        return all;
    }

    public void Dispose() => Return(_byPlace, _starts[^1]);

    private static int[] StartsOf(int[] counts)
    {
        var starts = new int[counts.Length + 1];
        for (var place = 0; place < counts.Length; place++)
        {
            starts[place + 1] = starts[place] + counts[place];
        }

        return starts;
    }

    // Without what stood in it, which the pool would keep alive.
    private static void Return(Matched[] matched, int count)
    {
        matched.AsSpan(0, count).Clear();
        ArrayPool<Matched>.Shared.Return(matched);
    }
}
