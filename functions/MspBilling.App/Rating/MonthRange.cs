using MspBilling.Core.Time;

namespace MspBilling.App.Rating;

/// <summary>Months one after the other.</summary>
public static class MonthRange
{
    public const string Expected = "The last month is not before the first and at most 36 months are compared.";

    private const int Most = 36;

    /// <returns>Both and those between; null when the last is before the first or they are too many.</returns>
    public static IReadOnlyList<Period>? Of(Period first, Period last)
    {
        var months = new List<Period>();
        for (var month = first; month.Start <= last.Start && months.Count <= Most; month = Period.MonthOf(month.End))
        {
            months.Add(month);
        }

        return months.Count is > 0 and <= Most ? months : null;
    }
}
