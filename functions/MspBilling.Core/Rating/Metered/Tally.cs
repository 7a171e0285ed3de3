using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Takes readings one by one, in any order, and keeps no more of them than their aggregation needs.</summary>
/// <remarks>The rules are those of <see cref="Aggregations"/>. Nothing is allocated for a reading but for a subject that is new.</remarks>
internal sealed class Tally(Aggregation aggregation, Period days)
{
    private readonly decimal?[] _byDay = aggregation is Aggregation.Average or Aggregation.TimeWeighted ? new decimal?[days.Days] : [];
    private readonly HashSet<string> _subjects = new(StringComparer.Ordinal);
    private decimal _value;
    private DateOnly? _valueDay;
    private decimal _opening;
    private DateOnly? _openingDay;

    public void Add(DateOnly day, decimal quantity, string? subject)
    {
        if (!days.Contains(day))
        {
            if (day < days.Start)
            {
                KeepLatest(ref _opening, ref _openingDay, day, quantity);
            }

            return;
        }

        switch (aggregation)
        {
            case Aggregation.Sum:
                _value += quantity;
                break;
            case Aggregation.Max:
                _value = _valueDay is null ? quantity : Math.Max(_value, quantity);
                _valueDay = day;
                break;
            case Aggregation.Last:
                KeepLatest(ref _value, ref _valueDay, day, quantity);
                break;
            case Aggregation.Unique:
                if (subject is not null)
                {
                    _subjects.Add(subject);
                }

                break;
            default:
                ref var largest = ref _byDay[day.DayNumber - days.Start.DayNumber];
                largest = largest is { } known ? Math.Max(known, quantity) : quantity;
                break;
        }
    }

    public decimal Quantity => aggregation switch
    {
        Aggregation.Unique => _subjects.Count,
        Aggregation.Average => Average(),
        Aggregation.TimeWeighted => TimeWeighted(),
        _ => _value,
    };

    /// <summary>Days with a reading, for those that are kept by day.</summary>
    public int DaysRead => _byDay.Count(value => value is not null);

    private decimal Average()
    {
        var (sum, read) = (0m, 0);
        foreach (var value in _byDay)
        {
            if (value is { } largest)
            {
                sum += largest;
                read++;
            }
        }

        return read == 0 ? 0 : sum / read;
    }

    private decimal TimeWeighted()
    {
        var (sum, holds) = (0m, _opening);
        foreach (var value in _byDay)
        {
            holds = value ?? holds;
            sum += holds;
        }

        return sum / days.Days;
    }

    private static void KeepLatest(ref decimal value, ref DateOnly? valueDay, DateOnly day, decimal quantity)
    {
        if (valueDay is null || day > valueDay || (day == valueDay && quantity > value))
        {
            (value, valueDay) = (quantity, day);
        }
    }
}
