using MspBilling.Core.Time;

namespace MspBilling.Core.Capture;

/// <summary>An agreement as the PSA holds it. With the pricing of its type it becomes an <see cref="Agreements.Agreement"/>.</summary>
public sealed record PsaAgreement : CapturedRecord
{
    public required string CompanyId { get; init; }

    public required string Name { get; init; }

    public required string TypeName { get; init; }

    /// <summary>Days it is in force, half-open.</summary>
    public required Period Term { get; init; }

    /// <summary>The fixed fee a month, in the agreement's currency; null or 0 where there is none.</summary>
    public decimal? MonthlyFee { get; init; }

    /// <summary>Whether a month of which it covers a part pays that part of the fee.</summary>
    public bool Prorate { get; init; }

    /// <summary>The PSA's name of how often the fee is billed; null is monthly.</summary>
    public string? BillingCycle { get; init; }

    /// <summary>Hours a month that its fee pays for; null where there are none.</summary>
    public decimal? IncludedHours { get; init; }

    /// <summary>The PSA's name of how often the included hours begin anew; null is monthly.</summary>
    public string? IncludedHoursCycle { get; init; }

    /// <summary>Cycles after its own in which included hours may still be used; null for none.</summary>
    public int? RollOverCycles { get; init; }

    /// <summary>Whether its fee pays for all time, however much.</summary>
    public bool CoversAllTime { get; init; }

    /// <summary>The PSA's name of the currency; null takes the client's.</summary>
    public string? CurrencyName { get; init; }

    public string? PurchaseOrder { get; init; }

    /// <summary>The name of the site that it serves; null for none.</summary>
    public string? Site { get; init; }
}

/// <summary>An hourly rate that an agreement sets for a work role, in the agreement's currency.</summary>
public sealed record AgreementRoleRate : CapturedRecord
{
    public required string AgreementId { get; init; }

    public required string RoleId { get; init; }

    public required string RoleName { get; init; }

    public required decimal HourlyRate { get; init; }

    /// <summary>Days it holds, half-open.</summary>
    public required Period InForce { get; init; }
}

/// <summary>A work role with its hourly rate on the MSP's rate card, in the home currency; null where it has none.</summary>
public sealed record WorkRole : CapturedRecord
{
    public required string Name { get; init; }

    public decimal? HourlyRate { get; init; }
}
