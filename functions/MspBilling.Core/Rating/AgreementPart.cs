using MspBilling.Core.Agreements;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>One version of an agreement on the days of the billed period that it is in force.</summary>
/// <param name="Index">Counts the case's parts in the order of agreements and versions.</param>
/// <param name="InForce">The days of the period on which the version holds.</param>
/// <param name="Calendar">Of the agreement.</param>
internal sealed record AgreementPart(RatingCase Case, Agreement Agreement, AgreementVersion Version, int Index, Period InForce, WorkCalendar Calendar)
{
    public Period Period => Case.Period;

    public Client Client => Case.Client;

    public Currency Currency => Agreement.Currency;

    /// <summary>Whether the period ends within the version or with it: what is settled once a period is settled by this part.</summary>
    public bool IsLast => InForce.End == Period.End || Version == Agreement.Versions[^1];

    /// <summary>From the first to the last day that its additions are charged for: those in force, and those of cycles that are due.</summary>
    public Period Charged { get; } = DueCycles.Charged(Agreement, Version, Case.Period) ?? InForce;

    private readonly int[][] _pricing =
    [
        .. Enum.GetValues<ActivityKind>().Select(kind => Enumerable.Range(0, Version.Lines.Count).Where(i => AgreementMatch.Prices(Version.Lines[i], kind)).ToArray()),
    ];

    /// <summary>The places of the lines that price activities of the kind, which are asked for by each activity.</summary>
    public int[] Pricing(ActivityKind kind) => _pricing[(int)kind];

    /// <summary>Whether any of its lines prices activities of the kind.</summary>
    public bool CanPrice(ActivityKind kind) => Pricing(kind).Length > 0;

    public CarriedKey Key(AgreementLine line, string subject = "") => new(Agreement.Id, line.Id, subject);

    public Explanation Explain(string rule, string sentence, params IReadOnlyList<ExplainedFigure> figures) => new(rule, Version.Number, figures, sentence);

    /// <summary>A line of this part, with nothing taken off yet.</summary>
    public RatedLine Line(
        AgreementLine line, string item, string description, decimal quantity, string unit, UnitPrice price, Money amount, Explanation explanation, IReadOnlyList<LineDetail>? details = null) => new()
        {
            AgreementId = Agreement.Id,
            AgreementName = Agreement.Name,
            LineId = line.Id,
            Item = item,
            Service = line.Service,
            Description = description,
            Explanation = explanation,
            ServicePeriod = InForce,
            Quantity = quantity,
            Unit = unit,
            UnitPrice = price,
            Amount = amount,
            Discount = Money.Zero(Currency),
            Details = details ?? [],
        };
}
