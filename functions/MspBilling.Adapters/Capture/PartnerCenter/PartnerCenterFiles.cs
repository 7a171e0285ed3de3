using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.PartnerCenter;

/// <summary>The pages that are made of what Microsoft answers: format, which is the file name too, and what reads them.</summary>
internal static class PartnerCenterFiles
{
    public const string SourceName = "partnercenter";
    public const string Subscriptions = "subscriptions";

    public static IReadOnlyList<(string Format, Func<Stream, ProblemList, IReadOnlyList<CapturedRecord>> Read)> All { get; } =
    [
        (Format(Subscriptions), SubscriptionCounts.Read),
        (Format(ChargeKind.Usage.Name), UsageCharges.Read),
        (Format(ChargeKind.InvoiceLines.Name), InvoiceCharges.Read),
    ];

    /// <summary>Without a slash: a cloud's records stand beside any PSA's.</summary>
    public static string Format(string feed) => $"{SourceName}-{feed}";
}
