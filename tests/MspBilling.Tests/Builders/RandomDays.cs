using CsCheck;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>Days at random in and about a month, and what the generators of months share.</summary>
internal sealed class RandomDays(Period month)
{
    public Period Month { get; } = month;

    public Period Before { get; } = Period.MonthOf(month.Start.AddDays(-1));

    /// <summary>Of the two months, the later one more often, and the days about them.</summary>
    public Gen<DateOnly> Day { get; } = Gen.Frequency((5, Gen.Int[0, month.Days - 1]), (3, Gen.Int[-31, -1]), (1, Gen.Int[-60, 75]), (1, Gen.Const(0))).Select(days => month.Start.AddDays(days));

    /// <summary>One of the two months'.</summary>
    public Gen<DateOnly> Captured { get; } = Gen.Int[-Period.MonthOf(month.Start.AddDays(-1)).Days, month.Days - 1].Select(days => month.Start.AddDays(days));

    /// <summary>Mostly all days.</summary>
    public Gen<Period> Span => Gen.Select(Gen.Int[0, 5], Day, Gen.Int[1, 60]).Select((form, day, days) => form switch
    {
        0 => new Period(day, day.AddDays(days)),
        1 => new Period(day, Period.NoEnd),
        2 => new Period(DateOnly.MinValue, day),
        _ => Lines.Always,
    });
}

internal static class RandomGens
{
    public static Gen<T?> OrNull<T>(this Gen<T> gen, int nulls = 1)
        where T : class => Gen.Frequency((1, gen.Select(T? (value) => value)), (nulls, Gen.Const((T?)null)));

    public static Gen<T?> OrNone<T>(this Gen<T> gen, int nulls = 1)
        where T : struct => Gen.Frequency((1, gen.Select(value => (T?)value)), (nulls, Gen.Const((T?)null)));

    public static Gen<T> Of<T>(params T[] values) => Gen.OneOf(values);
}
