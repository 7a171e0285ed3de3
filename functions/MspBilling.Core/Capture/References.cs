namespace MspBilling.Core.Capture;

/// <summary>A technician with what an hour costs the MSP; a cost that is not known is null, never 0.</summary>
public sealed record Technician : CapturedRecord
{
    public required string Name { get; init; }

    public string? RoleName { get; init; }

    /// <summary>In the MSP's home currency.</summary>
    public decimal? HourlyCost { get; init; }

    /// <summary>Hours a working day.</summary>
    public decimal? DailyCapacity { get; init; }

    public bool IsInactive { get; init; }
}

public sealed record Ticket : CapturedRecord
{
    public required string Summary { get; init; }

    public string? Board { get; init; }

    public string? CompanyId { get; init; }

    public string? AgreementId { get; init; }

    public bool IsClosed { get; init; }
}

public sealed record Project : CapturedRecord
{
    public required string Name { get; init; }

    public required string CompanyId { get; init; }

    /// <summary>Whether its time is paid by its milestones (ConnectWise <c>FixedFee</c>) and not by the hour.</summary>
    public required bool IsFixedFee { get; init; }

    public string? PurchaseOrder { get; init; }
}
