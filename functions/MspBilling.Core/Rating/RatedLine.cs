using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>An amount with the activities that it stands for and the reason for its price.</summary>
public sealed record RatedLine
{
    public required string AgreementId { get; init; }

    public required string AgreementName { get; init; }

    /// <summary>The agreement line that priced it.</summary>
    public required string LineId { get; init; }

    /// <summary>What tells it from the other lines of the agreement line, such as <c>Engineer@95</c>; empty for the only one.</summary>
    public required string Item { get; init; }

    public LineKind Kind { get; init; }

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

    /// <summary>Ids of the custom rules that changed the price of what it stands for; null for none.</summary>
    public IReadOnlyList<string>? Rules { get; init; }

    /// <summary>Id of the edit of the draft that it is of; null for what was rated.</summary>
    public string? Edit { get; init; }

    /// <summary>The invoice that it corrects, for an adjustment; else null.</summary>
    public AdjustedInvoice? Adjusts { get; init; }

    public IReadOnlyList<LineDetail> Details { get; init; } = [];

    public Money Net => Amount - Discount;

    /// <summary>The same for the same thing in every computation of a period: what adjustments and comparisons match lines by.</summary>
    public RatedLineKey Key => new(AgreementId, LineId, Item, ServicePeriod.Start, Kind);
}

/// <summary>The natural key of a line in its period.</summary>
public readonly record struct RatedLineKey(string AgreementId, string LineId, string Item, DateOnly From, LineKind Kind);

/// <param name="Number">The invoice that was issued.</param>
/// <param name="Period">The period that it billed.</param>
public sealed record AdjustedInvoice(string Number, Period Period);

/// <summary>What a line is for.</summary>
public enum LineKind
{
    Charge,

    /// <summary>Shown at 0: time that a retainer pays for.</summary>
    Covered,

    /// <summary>Negative: what is above a cap or a maximum.</summary>
    WriteDown,

    /// <summary>What a minimum commitment asks beyond the use.</summary>
    TrueUp,

    /// <summary>Paid before the work, and taken off it later.</summary>
    Deposit,

    /// <summary>Negative: what a deposit or a retainer of money pays.</summary>
    Drawn,
}

/// <summary>Why a line has its price: the rule that made it, its inputs and its arithmetic.</summary>
/// <param name="Rule">The rule's name, which is its file's name in <c>Rating</c>.</param>
/// <param name="Version">Of the agreement.</param>
/// <param name="Figures">The inputs and results that the sentence names, in its order.</param>
/// <param name="Sentence">The same in words that a client can read.</param>
public sealed record Explanation(string Rule, int Version, IReadOnlyList<ExplainedFigure> Figures, string Sentence);

/// <summary>One number of an explanation.</summary>
/// <param name="Name">What it is, such as <c>hours</c>, <c>unitPrice</c>, <c>days</c>, <c>amount</c>.</param>
/// <param name="Value">Unrounded, as it was computed with.</param>
/// <param name="Unit">A currency code or a unit of measure.</param>
public sealed record ExplainedFigure(string Name, decimal Value, string Unit);

/// <summary>One row of the detail behind a line.</summary>
/// <param name="Date">Local date of the work, or null for what stands all month.</param>
/// <param name="Who">The technician, or null.</param>
/// <param name="Reference">Ticket, project, serial number or SKU.</param>
/// <param name="Quantity">Hours or units as charged.</param>
/// <param name="Treatment">How it was treated, such as <c>0.42 h worked</c>; null where it is simply billed.</param>
/// <param name="Notes">Printed after the description.</param>
public readonly record struct LineDetail(
    DateOnly? Date, string? Who, string? Reference, string Description, decimal Quantity, string Unit, string? Treatment = null, string? Notes = null)
{
    /// <summary>Description and notes in one text, as printed: <c>Printer: Toner</c>.</summary>
    public string Text() => string.Join(": ", new[] { Description, Notes }.Where(text => !string.IsNullOrWhiteSpace(text)));
}

/// <summary>What rating one client's period gives.</summary>
/// <param name="Lines">In the order of the agreements and of their lines.</param>
/// <param name="Dispositions">In the order of the activities' ids.</param>
/// <param name="Carried">What the next period starts from.</param>
public sealed record RatedPeriod(IReadOnlyList<RatedLine> Lines, IReadOnlyList<Disposition> Dispositions, CarriedState Carried);
