using System.Text.Json;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>A list of activities in our own form (<see cref="RecordJson"/>): what is known of them from elsewhere than a vendor's list, such as that they were deleted.</summary>
public static class RecordsFile
{
    private const string Expected = "an activity as this program writes it";

    public static byte[] Write(IReadOnlyList<Activity> activities) => RecordJson.Serialize<IReadOnlyList<CapturedRecord>>(activities);

    internal static IReadOnlyList<CapturedRecord> Read(Stream content, ProblemList problems) => RecordArray.Read(
        content, problems, json => OwnRecord.Read<Activity>(json, Expected, activity => IsRight(activity, json) ? null : ("$type", Expected)));

    // Numbers are as small as those of the vendors' lists, so that no sum or product of them overflows.
    private static bool IsRight(Activity activity, JsonRecord json)
    {
        var id = activity.Id;
        using var document = JsonDocument.Parse(json.Bytes.ToArray());
        return !string.IsNullOrWhiteSpace(id.Source) && !string.IsNullOrWhiteSpace(id.ExternalId) && id.Kind == KindOf(activity) && AreSmall(document.RootElement);
    }

    private static RecordKind? KindOf(Activity activity) => activity switch
    {
        TimeEntry => RecordKind.Time,
        Addition => RecordKind.Addition,
        Device => RecordKind.Device,
        Milestone => RecordKind.Milestone,
        UsageRecord => RecordKind.Usage,
        Expense => RecordKind.Expense,
        Count => RecordKind.Count,
        _ => null,
    };

    private static bool AreSmall(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetDecimal(out var number) && Math.Abs(number) < JsonRecord.Trillion,
        JsonValueKind.Object => value.EnumerateObject().All(property => AreSmall(property.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(AreSmall),
        _ => true,
    };
}
