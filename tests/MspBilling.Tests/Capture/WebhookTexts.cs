using MspBilling.Adapters.Capture;

namespace MspBilling.Tests.Capture;

internal static class WebhookTexts
{
    /// <summary>The records that an event tells of, as <c>tickets/7, time-entries/8 deleted</c>.</summary>
    public static string Of(WebhookEvent told) => string.Join(", ", told.Records.Select(record => $"{record.Feed}/{record.ExternalId}{(record.IsDeletion ? " deleted" : "")}"));
}
