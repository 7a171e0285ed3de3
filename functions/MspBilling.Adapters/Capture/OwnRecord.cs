using System.Text.Json;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>A record in our own form (<see cref="RecordJson"/>), read as strictly as a vendor's: what a person or this program wrote may have been changed since.</summary>
internal static class OwnRecord
{
    // What a record must have is in its type; that it is not null there, too, is what this asks for.
    private static readonly JsonSerializerOptions Options = new(RecordJson.Options) { RespectNullableAnnotations = true };

    /// <param name="expected">What it should be, in words.</param>
    /// <param name="problemOf">What is wrong with a record of the type: the field, and what was expected there.</param>
    public static T? Read<T>(JsonRecord json, string expected, Func<T, (string Field, string Expected)?> problemOf)
        where T : CapturedRecord
    {
        try
        {
            if (JsonSerializer.Deserialize<CapturedRecord>(json.Bytes, Options) is T record)
                return problemOf(record) is { } wrong ? Refused(wrong.Field, wrong.Expected) : record;
        }
        catch (Exception e) when (e is JsonException or NotSupportedException or ArgumentException or FormatException or InvalidOperationException or OverflowException)
        {
            return Refused("$type", $"{expected}: {e.Message.Split('\n')[0]}");
        }

        return Refused("$type", expected);

        T? Refused(string field, string what)
        {
            json.Problem(field, what);
            return null;
        }
    }
}
