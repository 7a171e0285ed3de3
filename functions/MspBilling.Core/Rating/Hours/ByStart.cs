namespace MspBilling.Core.Rating;

/// <summary>Order by moment, with ties by a rank, so that it is the same on every computation.</summary>
internal static class ByStart
{
    /// <summary>Positions of the starts in their order.</summary>
    /// <param name="starts">In ticks; written over.</param>
    /// <param name="positions">Written over.</param>
    /// <param name="rankOf">A position's, by which those that start together are ordered; those of one rank, and all where it is null, by their own order.</param>
    /// <returns>Whether they were in order before, so that the positions are those that they have.</returns>
    public static bool Sort(Span<long> starts, Span<int> positions, Func<int, int>? rankOf = null)
    {
        var isOrdered = true;
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = i;
            isOrdered = isOrdered && (i == 0 || starts[i - 1] < starts[i]);
        }

        if (isOrdered)
        {
            return true;
        }

        starts.Sort(positions);
        for (var from = 0; from < positions.Length;)
        {
            var to = from + 1;
            while (to < positions.Length && starts[to] == starts[from])
            {
                to++;
            }

            if (to > from + 1)
            {
                SortTies(starts[from..to], positions[from..to], rankOf);
            }

            from = to;
        }

        return false;
    }

    // As numbers of rank and position, which sort many times as fast as by a comparison: a month of many entries has many that start together.
    private static void SortTies(Span<long> keys, Span<int> positions, Func<int, int>? rankOf)
    {
        for (var i = 0; i < positions.Length; i++)
        {
            keys[i] = ((long)(rankOf?.Invoke(positions[i]) ?? 0) << 32) | (uint)positions[i];
        }

        keys.Sort();
        for (var i = 0; i < positions.Length; i++)
        {
            positions[i] = (int)(keys[i] & int.MaxValue);
        }
    }
}
