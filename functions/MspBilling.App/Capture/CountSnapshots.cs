using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.App.Capture;

/// <summary>Counts the devices that the PSA has, where an agreement asks for their counts: as they are now, as that day's snapshot.</summary>
/// <remarks>
/// Taken after each pull of devices that succeeded and after each import of them; a day that was not looked at has none, and the last of a day stands. What is as it was
/// is not stored again, so that to look once more changes nothing. Snapshots are kept in our own form beside the pages, because no page tells them.
/// </remarks>
public sealed class CountSnapshots(PageKeeper pages, RecordStore records, TimeProvider clock)
{
    /// <returns>How many counts were new or others than before.</returns>
    public Task<int> TakeAsync(ImportSession session, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(session);
        return session.AloneAsync(null, token => StoreAsync(session, token), cancellationToken);
    }

    private async Task<int> StoreAsync(ImportSession session, CancellationToken cancellationToken)
    {
        var directory = await session.DirectoryAsync(cancellationToken).ConfigureAwait(false);
        var counts = new List<Activity>();
        foreach (var clientId in directory.HasSettings ? directory.ClientIds.Where(directory.IsBilled) : [])
        {
            counts.AddRange(await CountAsync(directory, clientId, cancellationToken).ConfigureAwait(false));
        }

        if (counts.Count > 0)
        {
            var page = await pages.KeepAsync("device-counts.json", counts, cancellationToken).ConfigureAwait(false);
            await session.StoreAsync([page.Payload], wereCutShort: false, cancellationToken).ConfigureAwait(false);
        }

        return counts.Count;
    }

    private async Task<IEnumerable<Count>> CountAsync(ClientDirectory directory, string clientId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (directory.ClientOf(clientId).Client is not { } client || client.LocalDate(now) is var day && !DeviceCounts.AreAsked(directory.AgreementsOf(client), day))
        {
            return [];
        }

        var month = Period.MonthOf(day);
        var stored = (await records.ActivitiesAsync(clientId, month, cancellationToken).ConfigureAwait(false)).Activities;
        var before = await records.ActivitiesAsync(
            DeviceCounts.Source, RecordKind.Count, [new ActivityPlace(clientId, Period.MonthOf(month.Start.AddDays(-1)))], cancellationToken).ConfigureAwait(false);
        var known = stored.OfType<Count>().ToDictionary(count => count.Id);
        return DeviceCounts.Of(directory, client, day, [.. stored.OfType<Device>()], [.. known.Values, .. before.OfType<Count>()], now)
            .Where(count => !known.TryGetValue(count.Id, out var same) || RecordJson.ContentHash(same) != RecordJson.ContentHash(count))
            .Select(count => known.GetValueOrDefault(count.Id)?.Revision >= now ? count with { Revision = known[count.Id].Revision!.Value.AddTicks(1) } : count);
    }
}
