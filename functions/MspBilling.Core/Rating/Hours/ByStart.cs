namespace MspBilling.Core.Rating;

/// <summary>Order by moment, with ties by a rank, so that it is the same on every computation.</summary>
internal static class ByStart
{
    /// <summary>Positions of the starts in their order.</summary>
    /// <param name="starts">In ticks; left in order.</param>
    /// <param name="positions">Written over.</param>
    /// <param name="ties">Compares positions that start together; null for their own order.</param>
    /// <returns>Whether they were in order before, so that the positions are those that they have.</returns>
    public static bool Sort(Span<long> starts, Span<int> positions, Comparison<int>? ties = null)
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
                positions[from..to].Sort();
                if (ties is not null)
                {
                    positions[from..to].Sort(ties);
                }
            }

            from = to;
        }

        return false;
    }
}
