using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>What a source tells as it is now and not since when, as a period's bill has it: devices, and the additions of PSA agreements.</summary>
/// <remarks>
/// Twelve seats today are no reason to bill September's ten once more: a quantity, a price or a state that is edited in place holds from the
/// next bill on. What has a date is different: an addition that began, ended, was moved to another agreement or marked otherwise is priced as it is now, in each
/// period whose days that changes. Things that became known later are counted where they say that they were there: an addition by its days, a device in the
/// period of its installation.
/// </remarks>
public sealed record AsBilled(IReadOnlyList<Device> Devices, IReadOnlyList<Addition> Additions)
{
    public static AsBilled None { get; } = new([], []);

    // Their revision is not part of them: a source that touches a device without changing it must not change the bill.
    internal static AsBilled Of(IEnumerable<Activity> counted)
    {
        var all = counted.Where(activity => activity is Device or Addition)
            .OrderBy(activity => activity.Id.Source, StringComparer.Ordinal).ThenBy(activity => activity.Id.ExternalId, StringComparer.Ordinal).ToList();
        return new AsBilled([.. all.OfType<Device>().Select(d => d with { Revision = null })], [.. all.OfType<Addition>().Select(a => a with { Revision = null })]);
    }

    /// <summary>The activities that a period is priced from once more.</summary>
    /// <param name="activities">Those of the period as they are now.</param>
    /// <param name="period">The period.</param>
    /// <param name="chargedDays">By agreement, the days that the period's bill charges additions for.</param>
    internal Activity[] In(IEnumerable<Activity> activities, Period period, IReadOnlyDictionary<string, Period> chargedDays)
    {
        var devices = Devices.Select(device => device.Id).ToHashSet();
        var additions = Additions.ToDictionary(addition => addition.Id);
        var stand = new List<Activity>(Devices);
        foreach (var activity in activities)
        {
            switch (activity)
            {
                case Device device when devices.Contains(device.Id) || device.InstalledOn is not { } day || !period.Contains(day):
                    break;
                case Addition now when additions.TryGetValue(now.Id, out var billed) && IsDatedAlike(billed, now, chargedDays.GetValueOrDefault(now.AgreementId, period)):
                    stand.Add(billed);
                    break;
                default:
                    stand.Add(activity);
                    break;
            }
        }

        return [.. stand];
    }

    private static bool IsDatedAlike(Addition billed, Addition now, Period charged) =>
        billed.AgreementId == now.AgreementId && billed.Option == now.Option && billed.InForce.Overlap(charged) == now.InForce.Overlap(charged);
}
