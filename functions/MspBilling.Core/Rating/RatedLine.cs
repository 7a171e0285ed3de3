using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>An amount with the activities that it stands for and the reason for its price.</summary>
public sealed record RatedLine
{
    public required string AgreementId { get; init; }

    public required string AgreementName { get; init; }

    /// <summary>The group that it stands under.</summary>
    public required string Service { get; init; }

    public required string Description { get; init; }

    /// <summary>What the product is called by who sells it, for what is a product.</summary>
    public string? Sku { get; init; }

    public required Explanation Explanation { get; init; }

    public required Period ServicePeriod { get; init; }

    public required decimal Quantity { get; init; }

    /// <summary>What is counted: <c>h</c>, <c>seat</c>, <c>device</c>, <c>month</c>.</summary>
    public required string Unit { get; init; }

    public required UnitPrice UnitPrice { get; init; }

    /// <summary>Quantity times unit price times the share of the period, rounded once.</summary>
    public required Money Amount { get; init; }

    /// <summary>Taken off the amount; never more than it.</summary>
    public required Money Discount { get; init; }

    public IReadOnlyList<LineDetail> Details { get; init; } = [];

    public Money Net => Amount - Discount;
}

/// <summary>Why a line has its price: the rule that made it and its arithmetic, in words that a client can read.</summary>
/// <param name="Rule">The rule's name, which is its file's name in <c>Rating</c>.</param>
/// <param name="Sentence">Inputs and arithmetic.</param>
public sealed record Explanation(string Rule, string Sentence);

/// <summary>One row of the detail behind a line.</summary>
/// <param name="Date">Local date of the work, or null for what stands all month.</param>
/// <param name="Who">The technician, or null.</param>
/// <param name="Reference">Ticket, project, serial number or SKU.</param>
/// <param name="Quantity">Hours or units as charged.</param>
/// <param name="Treatment">How it was treated, such as <c>charged 0.50 h of 0.42 h worked</c>; null where it is simply billed.</param>
public sealed record LineDetail(DateOnly? Date, string? Who, string? Reference, string Description, decimal Quantity, string Unit, string? Treatment = null);

/// <summary>What rating one client's period gives.</summary>
public sealed record RatedPeriod(IReadOnlyList<RatedLine> Lines, IReadOnlyList<Disposition> Dispositions)
{
    public static RatedPeriod Empty { get; } = new([], []);
}
