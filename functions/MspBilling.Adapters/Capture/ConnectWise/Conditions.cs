using System.Globalization;

namespace MspBilling.Adapters.Capture.ConnectWise;

/// <summary>Conditions as the vendor writes them: strings in quotes, times in brackets, numbers bare (developer guide, "Conditions").</summary>
internal static class Conditions
{
    /// <summary>A second, to which the vendor tells times.</summary>
    public static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    public static string Text(string value) =>
        "\"" + value.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    public static string Time(DateTimeOffset value) => value.UtcDateTime.ToString("'['yyyy-MM-dd'T'HH:mm:ss'Z]'", CultureInfo.InvariantCulture);

    public static string Is(string field, long value) => string.Create(CultureInfo.InvariantCulture, $"{field} = {value}");

    public static string Is(string field, string value) => $"{field} = {Text(value)}";

    public static string In(string field, IEnumerable<long> values) =>
        $"{field} in ({string.Join(", ", values.Select(value => value.ToString(CultureInfo.InvariantCulture)))})";

    public static string From(string field, DateTimeOffset time) => $"{field} >= {Time(time)}";

    public static string Before(string field, DateTimeOffset time) => $"{field} < {Time(time)}";

    /// <summary>Null where there is none.</summary>
    public static string? All(params IEnumerable<string?> conditions) => string.Join(" and ", conditions.OfType<string>()) is { Length: > 0 } all ? all : null;

    /// <summary>The second that a time is in, because the vendor tells no more of it.</summary>
    public static DateTimeOffset SecondOf(DateTimeOffset time) => new(time.UtcTicks - (time.UtcTicks % Second.Ticks), TimeSpan.Zero);
}
