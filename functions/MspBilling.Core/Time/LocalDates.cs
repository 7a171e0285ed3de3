namespace MspBilling.Core.Time;

/// <summary>Which local date an instant falls on: the client's own, because periods are the client's.</summary>
public static class LocalDates
{
    /// <summary>2024-10-01T03:00Z is 30 September in Chicago and 1 October in Dublin.</summary>
    public static DateOnly In(TimeZoneInfo zone, DateTimeOffset instant) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
