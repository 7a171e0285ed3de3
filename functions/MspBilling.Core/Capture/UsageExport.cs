using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>What an export says of itself beside its rows: which days it holds whole, and of whom.</summary>
/// <remarks>Not kept as a record: it says which records the export replaces. When it was run is its <see cref="CapturedRecord.Revision"/>.</remarks>
public sealed record UsageExport : CapturedRecord
{
    public required string Provider { get; init; }

    /// <summary>Half-open.</summary>
    public required Period Days { get; init; }

    /// <summary>Where it holds all of a billing account.</summary>
    public string? BillingAccountId { get; init; }

    /// <summary>Where it holds all of a sub-account.</summary>
    public string? SubAccountId { get; init; }
}
