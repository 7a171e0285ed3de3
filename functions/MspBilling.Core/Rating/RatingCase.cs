using System.Collections.Frozen;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Everything that decides what a client's period costs.</summary>
/// <param name="Client">Who is billed.</param>
/// <param name="Period">The days that are billed, in the client's time zone.</param>
/// <param name="Agreements">All of the client's agreements, in the order of their ids.</param>
/// <param name="Directory">Rates, projects and settings.</param>
/// <param name="Activities">What was captured for the client in the period, and what stands.</param>
public sealed record RatingCase(
    Client Client, Period Period, IReadOnlyList<Agreement> Agreements, ClientDirectory Directory, IReadOnlyList<Activity> Activities)
{
    /// <summary>Activities that an earlier period's invoice has billed already, before they moved to this one.</summary>
    public IReadOnlyDictionary<RecordId, Period> InvoicedBefore { get; init; } = FrozenDictionary<RecordId, Period>.Empty;

    public Agreement? Agreement(string id) => Agreements.FirstOrDefault(agreement => agreement.Id == id);
}

/// <summary>An agreement with the activities that fell to it in the period.</summary>
/// <param name="InForce">The days of the period on which the agreement is in force.</param>
public sealed record AgreementPeriod(RatingCase Case, Agreement Agreement, Period InForce, IReadOnlyList<Activity> Activities)
{
    public Period Period => Case.Period;

    public IEnumerable<T> Of<T>()
        where T : Activity => Activities.OfType<T>();

    /// <summary>A line of this agreement, with nothing taken off yet.</summary>
    public RatedLine Line(
        string service, string description, decimal quantity, string unit, UnitPrice price, Money amount, Explanation explanation, IReadOnlyList<LineDetail>? details = null) => new()
        {
            AgreementId = Agreement.Id,
            AgreementName = Agreement.Name,
            Service = service,
            Description = description,
            Explanation = explanation,
            ServicePeriod = InForce,
            Quantity = quantity,
            Unit = unit,
            UnitPrice = price,
            Amount = amount,
            Discount = Money.Zero(Agreement.Currency),
            Details = details ?? [],
        };
}
