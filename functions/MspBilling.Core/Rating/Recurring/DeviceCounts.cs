using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>The devices of a client as counts of one day: one for each type that an agreement counts by name.</summary>
/// <remarks>
/// <para>
/// What asks for a type to be counted is a line that prices counts, is in force on the day, and names the type among its SKUs. Nothing else does: an agreement that
/// prices devices by the device, or counts mailboxes, has no counts of devices, so that nothing is charged twice and nothing is held for the lack of a line.
/// </para>
/// <para>
/// Counted are devices that a bill would count: active, marked for billing, not deleted, installed by the day. When the last one is gone a count of 0 says so, on each day
/// of that month on which it is looked at, and on those of the next if that is where it is first seen: 5 on ten days and 0 on twenty are 1.67 on average, not 5.
/// </para>
/// </remarks>
public static class DeviceCounts
{
    /// <summary>Of the counts' ids, and of a mapping of a device type to a SKU.</summary>
    public const string Source = "devices";

    /// <summary>Whether any agreement in force on the day may count devices at all; where none does, nothing has to be read.</summary>
    public static bool AreAsked(IEnumerable<Agreement> agreements, DateOnly day) => LinesOn(agreements, day).Any();

    /// <param name="devices">All of the client's.</param>
    /// <param name="earlier">Counts of the month of the day and of the month before, of whatever source.</param>
    /// <param name="now">When it was looked at.</param>
    public static IReadOnlyList<Count> Of(
        ClientDirectory directory, Client client, DateOnly day, IReadOnlyCollection<Device> devices, IReadOnlyCollection<Count> earlier, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(directory);
        ArgumentNullException.ThrowIfNull(client);
        var agreements = directory.AgreementsOf(client);
        var lines = LinesOn(agreements, day).ToList();
        var @case = new RatingCase(client, Period.MonthOf(day), agreements, directory, []);
        var active = devices.Where(device => device is { DeletedAt: null, IsActive: true, IsBilled: true } && !(device.InstalledOn > day))
            .ToLookup(device => device.DeviceType, StringComparer.Ordinal);
        var before = earlier.Where(count => count.Id.Source == Source && count.DeletedAt is null && count.Day <= day).ToList();
        return
        [
            .. active.Select(type => (Type: type.Key, Number: type.Count()))
                .Concat(Gone(before, day).Where(type => !active.Contains(type)).Select(type => (Type: type, Number: 0)))
                .OrderBy(type => type.Type, StringComparer.Ordinal)
                .Select(type => CountOf(client, type.Type, day, type.Number, now))
                .Where(count => directory.InOurWords(count) is var ours && lines.Exists(line => ours.Meets(line.Match, @case))),
        ];
    }

    private static IEnumerable<string> Gone(List<Count> before, DateOnly day) => before.GroupBy(count => count.Sku)
        .Where(type => type.Any(count => count.Day >= Period.MonthOf(day).Start) || type.MaxBy(count => count.Day)!.Quantity > 0)
        .Select(type => type.Key);

    private static IEnumerable<AgreementLine> LinesOn(IEnumerable<Agreement> agreements, DateOnly day) =>
        agreements.Select(agreement => agreement.On(day)).OfType<AgreementVersion>().SelectMany(version => version.Lines)
            .Where(line => line.Match?.Skus is { Count: > 0 } && AgreementMatch.Prices(line, ActivityKind.Count));

    private static Count CountOf(Client client, string type, DateOnly day, int number, DateTimeOffset now) => new()
    {
        Id = new RecordId(Source, RecordKind.Count, string.Create(CultureInfo.InvariantCulture, $"{client.Id}|{day:yyyy-MM-dd}|{type}")),
        Revision = now,
        CompanyId = client.Id,
        CompanyName = client.Name,
        Sku = type,
        Description = type,
        Day = day,
        Quantity = number,
    };
}
