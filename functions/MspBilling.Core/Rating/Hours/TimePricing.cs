using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>The price of an entry's hours before the calendar: its rate, its travel, and what custom rules make of it.</summary>
/// <remarks>
/// A custom rule's price stands instead of any other, whenever the work was done; its factor multiplies what the rate and the calendar give.
/// An entry without a rate is held, unless a retainer may cover it whatever it costs or prices what it does not cover.
/// </remarks>
internal sealed class TimePricing(AgreementPart part, TimeLine line)
{
    private readonly TimeRates _rates = new(part, line);
    private readonly TimeFactors _factors = new(line, null);
    private readonly TimeFactors? _travelFactors = line.Travel?.Factor is { } factor ? new TimeFactors(line, factor) : null;

    private readonly bool _needsNoRate = part.Version.Lines.OfType<RetainerLine>().Any(retainer =>
        (retainer.IsUnlimited || retainer.OverageRate is not null) && (retainer.Services is null || retainer.Services.Contains(line.Service, StringComparer.OrdinalIgnoreCase)));

    public TimePrice Of(in Matched matched, TimeEntry entry, DateOnly day)
    {
        var isTravel = TravelTime.Is(entry, line);
        var travel = isTravel ? line.Travel : null;
        if (travel is { IsIncluded: true })
        {
            return new TimePrice { IsIncluded = true };
        }

        if ((travel?.HourlyPrice ?? travel?.PricePerTrip) is { } own)
        {
            return new TimePrice { Name = TravelTime.Name, Rate = On(matched, own), IsTrip = travel!.HourlyPrice is null };
        }

        var (rate, name, named) = _rates.Of(entry, day);
        if (matched.Effects?.Price is not null)
        {
            return new TimePrice { Name = name, Rate = On(matched, 0) };
        }

        if (rate is null && !_needsNoRate)
        {
            return new TimePrice { Held = _rates.WhyNone(entry, day) };
        }

        var factors = isTravel ? _travelFactors! : _factors;
        var (factor, label, _) = factors[DayPart.BusinessHours, false];
        var price = On(matched, rate?.Price ?? 0);
        return TimeFactors.DependOnTime(line)
            ? new TimePrice { Name = named, Rate = price, Factors = factors }
            : new TimePrice { Name = named, Rate = price * factor, Label = label };
    }

    private static decimal On(in Matched matched, decimal price) => matched.Effects is { } effects ? effects.On(price) : price;
}

/// <summary>What an entry's hours cost.</summary>
internal readonly struct TimePrice
{
    /// <summary>Why it cannot be priced; null when it can.</summary>
    public Reason? Held { get; init; }

    public bool IsIncluded { get; init; }

    public bool IsTrip { get; init; }

    public string? Name { get; init; }

    /// <summary>Without the factors, where there are any.</summary>
    public decimal Rate { get; init; }

    public string? Label { get; init; }

    /// <summary>By which the rate is multiplied for each of the entry's spans; null where the price does not depend on the time.</summary>
    public TimeFactors? Factors { get; init; }
}
