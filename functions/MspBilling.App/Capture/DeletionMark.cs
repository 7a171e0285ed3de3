using MspBilling.Core.Capture;

namespace MspBilling.App.Capture;

/// <summary>What a stored record has become at its source, where no page tells it.</summary>
/// <remarks>A mark is a new revision of the record, as old as the finding, so that a later change at the source takes it off again.</remarks>
internal static class DeletionMark
{
    /// <summary>Marked as deleted, or as the source has it again; null where there is nothing to say.</summary>
    /// <param name="isGone">Whether the source was asked for it and has it no more.</param>
    /// <param name="page">What it answered.</param>
    public static Activity? Of(Activity stored, bool isGone, KeptPage? page, DateTimeOffset now)
    {
        var revision = stored.Revision >= now ? stored.Revision.Value.AddTicks(1) : now;
        if (stored.DeletedAt is null)
        {
            return isGone ? stored with { DeletedAt = now, Revision = revision } : null;
        }

        return page?.Content.Records.OfType<Activity>().LastOrDefault(record => record.Id == stored.Id) is { } there ? there with { Revision = revision } : null;
    }
}
