using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>A price for each managed device of a type, counted on the period's last day.</summary>
/// <remarks>A device counts whole whatever day it was installed on; a type without a price is held, never free.</remarks>
internal static class ManagedDevices
{
    public static RatedPeriod Rate(AgreementPeriod part)
    {
        if (part.Agreement.Line<DevicesLine>() is not { } line)
        {
            return RatedPeriod.Empty;
        }

        var lines = new List<RatedLine>();
        var dispositions = new List<Disposition>();
        foreach (var type in part.Of<Device>().GroupBy(d => d.DeviceType).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (line.Prices.FirstOrDefault(p => p.DeviceType == type.Key) is not { } devicePrice)
            {
                dispositions.AddRange(type.Select(d => Disposition.Held(d, Reason.MissingDevicePrice, $"{d.DeviceType} {d.Name}.")));
                continue;
            }

            dispositions.AddRange(type.Select(Disposition.Billed));
            var count = type.Count();
            var price = new UnitPrice(devicePrice.Price, part.Agreement.Currency);
            var amount = price.Extend(count);
            var explanation = new Explanation(
                nameof(ManagedDevices),
                string.Create(CultureInfo.InvariantCulture, $"{count} counted on {part.Period.LastDay:yyyy-MM-dd} x {Figures.Of(price)} a month = {Figures.Of(amount)}."));
            lines.Add(part.Line(line.Service, $"{type.Key} management", count, "device", price, amount, explanation, [.. type.Select(Detail)]));
        }

        return new RatedPeriod(lines, dispositions);
    }

    private static LineDetail Detail(Device device) => new(device.InstalledOn, null, device.SerialNumber, device.Name, 1, "device");
}
