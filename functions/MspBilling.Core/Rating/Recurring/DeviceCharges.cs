using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>A price for each managed device, counted on the last day of the due days that lies in the billed period.</summary>
/// <remarks>
/// A device counts whole whatever day it was installed on, up to and with the day of counting; later ones count with the next cycle. Where the
/// agreement or its version is in force on a part of the cycle, the price is that part's: 2 x 49.50 x 15 of 30 days = 49.50. A line
/// with a description or with tiers is one line for all its devices, another one for each type. Without a price they are held, never free.
/// </remarks>
internal static class DeviceCharges
{
    public static void Rate(AgreementPart part, RecurringLine line, ArraySegment<Matched> activities, RatingOutput output)
    {
        if (activities.Count == 0)
        {
            return;
        }

        var dues = DueCycles.Of(part.Agreement, part.Version, line, part.Period).ToList();
        var isOne = line.Description is not null || line.Pricing is not null;
        foreach (var group in activities.GroupBy(matched => (Type: isOne ? "" : TypeOf(matched), matched.Effects)).OrderBy(group => group.Key.Type, StringComparer.Ordinal))
        {
            var description = line.Description ?? (isOne ? line.Service : $"{group.Key.Type} management");
            var devices = group.ToList();
            var charges = dues.Select(due => Charge(part, line, due, devices, group.Key.Effects)).ToList();
            if (charges.Any(charge => charge.Charge is { IsPriced: false }))
            {
                devices.ForEach(matched => output.Held(matched, Reason.MissingDevicePrice, $"{TypeOf(matched)} {((Device)matched.Activity).Name}."));
                continue;
            }

            var billed = new List<(DateOnly Day, bool IsFree)>();
            foreach (var (due, charge, day) in charges)
            {
                // A cycle that a later version charges whole is that version's to bill.
                if (charge is null || (line.Proration == Proration.None && OtherVersions.ChargeWhole(part, line, due.Cycle, due.Cycle, devices[0].Activity)))
                {
                    continue;
                }

                var amount = charge.Amount(part.Currency);
                var counted = string.Create(CultureInfo.InvariantCulture, $"{Figures.Quantity(charge.Last.Quantity)} counted on {day:yyyy-MM-dd}");
                var explanation = CycleSentence.Explain(part, line, charge, nameof(DeviceCharges), amount, counted, null, group.Key.Effects);
                output.Add(part, line, RecurringCharges.Line(part, line, charge, group.Key.Type, description, line.Unit ?? "device", amount, explanation, group.Key.Effects, [.. devices.Where(device => IsCounted(device, day)).Select(Detail)]));
                billed.Add((day, charge.IsFree));
            }

            devices.ForEach(matched => Settle(matched, description, billed, output));
        }
    }

    private static (DueCycle Due, CycleCharge? Charge, DateOnly Day) Charge(AgreementPart part, RecurringLine line, DueCycle due, List<Matched> devices, PriceEffects? effects)
    {
        var day = due.Days.LastDay < part.Period.LastDay ? due.Days.LastDay : part.Period.LastDay;
        var count = devices.Count(device => IsCounted(device, day));
        return (due, count == 0 ? null : CycleCharge.Of(part, line, due, line.Proration, QuantityOverTime.Of(count), effects: effects), day);
    }

    private static void Settle(in Matched matched, string description, List<(DateOnly Day, bool IsFree)> billed, RatingOutput output)
    {
        var isCounted = false;
        foreach (var (day, isFree) in billed)
        {
            if (IsCounted(matched, day))
            {
                isCounted = true;
                if (!isFree)
                {
                    output.Billed(matched, description);
                    return;
                }
            }
        }

        output.Covered(matched, isCounted ? Reason.Trial : Reason.NotDue);
    }

    private static bool IsCounted(in Matched matched, DateOnly day) => ((Device)matched.Activity).InstalledOn is not { } installed || installed <= day;

    private static string TypeOf(in Matched matched) => ((Device)matched.Activity).DeviceType;

    private static LineDetail Detail(Matched matched) =>
        (Device)matched.Activity is var device ? new LineDetail(device.InstalledOn, null, device.SerialNumber, device.Name, 1, "device") : default;
}
