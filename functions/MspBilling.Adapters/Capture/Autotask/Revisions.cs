namespace MspBilling.Adapters.Capture.Autotask;

/// <summary>When a record was changed last: it is as new as the newest of the rows that it is made of.</summary>
internal static class Revisions
{
    public static DateTimeOffset? Newest(params ReadOnlySpan<DateTimeOffset?> changes)
    {
        DateTimeOffset? newest = null;
        foreach (var change in changes)
        {
            if (change > newest || newest is null)
                newest = change ?? newest;
        }

        return newest;
    }
}
