using System.Globalization;
using System.Text.Json.Serialization;
using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>One captured fact that can be billed: it ends in exactly one of the five dispositions.</summary>
public abstract record Activity : CapturedRecord
{
    /// <summary>What conservation counts: hours, units and cost as the source told them, before any rounding of ours.</summary>
    public abstract CapturedQuantity Captured { get; }

    /// <summary><c>key</c> or <c>key=value</c>, as the source tags it; null for none.</summary>
    public IReadOnlyList<string>? Tags { get; init; }

    /// <summary>When the source was found to have it no more, however long ago it was deleted there; null for what it has. What was deleted is kept and not billed.</summary>
    public DateTimeOffset? DeletedAt { get; init; }
}

/// <param name="Hours">Worked hours, 0 for what is not time.</param>
/// <param name="Units">Seats, devices, units of use; 0 for time.</param>
/// <param name="Cost">What it costs the MSP, in the source's currency; 0 where the source tells none.</param>
public readonly record struct CapturedQuantity(decimal Hours, decimal Units, decimal Cost)
{
    public static CapturedQuantity operator +(CapturedQuantity left, CapturedQuantity right) =>
        new(left.Hours + right.Hours, left.Units + right.Units, left.Cost + right.Cost);

    public static CapturedQuantity operator -(CapturedQuantity left, CapturedQuantity right) =>
        new(left.Hours - right.Hours, left.Units - right.Units, left.Cost - right.Cost);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Hours} h, {Units} units, cost {Cost}");
}

/// <summary>Whether the source asks for a record to be charged.</summary>
public enum BillingOption
{
    /// <summary>Left to the agreement.</summary>
    Default,
    Billable,

    /// <summary>Shown to the client without a price.</summary>
    NoCharge,
    DoNotBill,

    /// <summary>The source has invoiced it itself, or covered it by an agreement of its own.</summary>
    BilledElsewhere,

    /// <summary>Somebody has written it off at the source.</summary>
    WrittenOffElsewhere,
}

/// <summary>Time of one technician. Which month it belongs to is decided by its start, in the client's time zone.</summary>
public sealed record TimeEntry : Activity
{
    public required string CompanyId { get; init; }

    public required string CompanyName { get; init; }

    public string? AgreementId { get; init; }

    public required string TechnicianId { get; init; }

    public required string TechnicianName { get; init; }

    public string? RoleId { get; init; }

    public string? RoleName { get; init; }

    public string? WorkType { get; init; }

    public required DateTimeOffset Start { get; init; }

    /// <summary>Where the source tells it: a span longer than the hours has breaks, which are spread evenly over it. Null ends it after its hours.</summary>
    public DateTimeOffset? End { get; init; }

    /// <summary>Worked hours (ConnectWise <c>actualHours</c>): before our minimum and increment, after the technician's own deductions.</summary>
    public required decimal Hours { get; init; }

    public BillingOption Option { get; init; }

    /// <summary>The source's own word for how far approval has come; which of them count as approved is a setting.</summary>
    public required string Status { get; init; }

    public string? TicketId { get; init; }

    public string? TicketSummary { get; init; }

    /// <summary>The ticket's board or queue.</summary>
    public string? Board { get; init; }

    public string? ProjectId { get; init; }

    public string? ProjectName { get; init; }

    public string? PhaseName { get; init; }

    public string? Notes { get; init; }

    public override CapturedQuantity Captured => new(Hours, 0, 0);
}

/// <summary>A recurring service on a PSA agreement, such as 42 seats of Microsoft 365, over the days it is in force.</summary>
public sealed record Addition : Activity
{
    public required string AgreementId { get; init; }

    public required string Sku { get; init; }

    public required string Description { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Of the quantity, what the agreement's price includes already.</summary>
    public decimal LessIncluded { get; init; }

    /// <summary>What is included, never more than there is.</summary>
    public decimal Included => Math.Clamp(LessIncluded, 0, Math.Max(Quantity, 0));

    /// <summary>Per unit and month, in the agreement's currency.</summary>
    public required decimal UnitPrice { get; init; }

    /// <summary>Per unit and month, in the agreement's currency.</summary>
    public decimal UnitCost { get; init; }

    public required BillingOption Option { get; init; }

    /// <summary>Days in force, half-open.</summary>
    public required Period InForce { get; init; }

    /// <summary>Whether a part of a month is charged by its days; else a month that is touched is charged whole.</summary>
    public bool Prorate { get; init; }

    public override CapturedQuantity Captured => new(0, Quantity, Quantity * UnitCost);
}

/// <summary>A device under management; counted by type.</summary>
public sealed record Device : Activity
{
    public required string CompanyId { get; init; }

    public required string CompanyName { get; init; }

    public required string Name { get; init; }

    public required string DeviceType { get; init; }

    public string? SerialNumber { get; init; }

    public required bool IsActive { get; init; }

    public required bool IsBilled { get; init; }

    public DateOnly? InstalledOn { get; init; }

    public override CapturedQuantity Captured => new(0, 1, 0);
}

/// <summary>A stage of a project, or of an agreement at a fixed price, that is billed when it is completed.</summary>
public sealed record Milestone : Activity
{
    public string? ProjectId { get; init; }

    /// <summary>Where the source has milestones in agreements; then that agreement prices it.</summary>
    public string? AgreementId { get; init; }

    public required string Name { get; init; }

    public bool IsCompleted { get; init; }

    /// <summary>Null while it is open, and where the source does not tell when it was completed.</summary>
    public DateOnly? CompletedOn { get; init; }

    /// <summary>In the currency of the agreement that it is of, else the client's.</summary>
    public decimal? Amount { get; init; }

    public BillingOption Option { get; init; }

    public string? PurchaseOrder { get; init; }

    public override CapturedQuantity Captured => new(0, 1, 0);
}

/// <summary>A day's use of one SKU by one cloud account, at what it costs the MSP.</summary>
public sealed record UsageRecord : Activity
{
    public required string Provider { get; init; }

    public required string SubAccountId { get; init; }

    public string? SubAccountName { get; init; }

    /// <summary>Where the source names the client itself, and no account of a provider; null where the account tells whose it is.</summary>
    public string? CompanyId { get; init; }

    /// <summary>Usage, Purchase, Tax, Credit or Adjustment, as FOCUS has them.</summary>
    public required string Category { get; init; }

    public required string Service { get; init; }

    public required string Sku { get; init; }

    public required string Description { get; init; }

    /// <summary>UTC day of the charge, as the provider cuts days.</summary>
    public required DateOnly Day { get; init; }

    public required decimal Quantity { get; init; }

    public string? Unit { get; init; }

    /// <summary>Whom or what was metered, such as a user; counted where the agreement prices unique ones.</summary>
    public string? Subject { get; init; }

    /// <summary>Billed cost, unrounded, negative for a credit; 0 where the source tells none.</summary>
    public required decimal Cost { get; init; }

    /// <summary>Of the cost; null where the source tells no cost, which a price that is made of it waits for.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Whether a later export of its day has it no more: it is kept and not billed. What it says otherwise is what the last export that had it said.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsWithdrawn { get; init; }

    public override CapturedQuantity Captured => new(0, Quantity, Cost);

    /// <summary>As it is once a later export has it no more: a little newer than it was, and older than any export that has it again.</summary>
    public UsageRecord Withdrawn() => this with { IsWithdrawn = true, Revision = (Revision ?? DateTimeOffset.MinValue).AddTicks(1) };
}

/// <summary>An expense or a product that was bought for a client.</summary>
public sealed record Expense : Activity
{
    public required string CompanyId { get; init; }

    public required string CompanyName { get; init; }

    public string? AgreementId { get; init; }

    /// <summary>Local date on which it was incurred or delivered.</summary>
    public required DateOnly Day { get; init; }

    public required string Description { get; init; }

    public string? Sku { get; init; }

    public string? TechnicianName { get; init; }

    public string? TicketId { get; init; }

    public string? ProjectId { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Per unit; null leaves it to the agreement's mark-up on the cost.</summary>
    public decimal? UnitPrice { get; init; }

    /// <summary>Per unit; null where the source tells none.</summary>
    public decimal? UnitCost { get; init; }

    /// <summary>Of price and cost.</summary>
    public required Currency Currency { get; init; }

    public BillingOption Option { get; init; }

    /// <summary>As that of time; null where the source asks for no approval of it.</summary>
    public string? Status { get; init; }

    public override CapturedQuantity Captured => new(0, Quantity, Quantity * (UnitCost ?? 0));
}

/// <summary>How many there were on a day: seats, licences, devices, mailboxes, as a snapshot.</summary>
public sealed record Count : Activity
{
    public required string CompanyId { get; init; }

    public required string CompanyName { get; init; }

    /// <summary>What is counted.</summary>
    public required string Sku { get; init; }

    public required string Description { get; init; }

    /// <summary>Local date.</summary>
    public required DateOnly Day { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>Whom or what it is of, where unique ones are priced.</summary>
    public string? Subject { get; init; }

    public override CapturedQuantity Captured => new(0, Quantity, 0);
}
