using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>A recurring thing that was charged a cycle ago and is not charged now, though a line that is still agreed has it due.</summary>
/// <param name="Item">As it was charged last.</param>
public sealed record MissingRecurring(RecurringItem Item, Agreement Agreement, RecurringLine Line)
{
    /// <param name="before">What was charged for one cycle.</param>
    /// <param name="now">What is charged for the cycle after it.</param>
    /// <param name="agreements">The client's.</param>
    /// <param name="period">In which the cycle after it is due.</param>
    /// <param name="months">Of the cycles that are compared.</param>
    public static IEnumerable<MissingRecurring> Of(IEnumerable<RecurringItem> before, IEnumerable<RecurringItem> now, IReadOnlyList<Agreement> agreements, Period period, int months)
    {
        var charged = now.SelectMany(item => new[] { (item.AgreementId, item.LineId, item.Item), (item.AgreementId, item.LineId, item.Description) }).ToHashSet();
        var byId = agreements.ToDictionary(agreement => agreement.Id);
        return from item in before
               where !charged.Contains((item.AgreementId, item.LineId, item.Item)) && !charged.Contains((item.AgreementId, item.LineId, item.Description))
               let agreement = byId.GetValueOrDefault(item.AgreementId)
               where agreement is not null
               let line = LineOf(agreement, item.LineId, period)
               where line is not null && line.CycleMonths == months
               select new MissingRecurring(item, agreement, line);
    }

    /// <summary>The addition that it is the charge of; null for other charges, and for one that is not among these.</summary>
    public Addition? AdditionAmong(IEnumerable<Addition> additions) => AdditionId is { } id ? additions.FirstOrDefault(addition => addition.AgreementId == Agreement.Id && addition.Id.ExternalId == id) : null;

    /// <summary>The id of the addition that it is the charge of; null for other charges.</summary>
    public string? AdditionId => Line.Quantity is AdditionQuantity ? Item.Item.Split('@')[0] : null;

    /// <summary>Whether an addition was ended in its days before the period, so that nothing is missing.</summary>
    public static bool HasEnded(Addition? addition, Period period) => addition is { DeletedAt: null } && addition.InForce.Overlap(period) is null;

    private static RecurringLine? LineOf(Agreement agreement, string lineId, Period period) => agreement.Versions
        .Where(version => version.InForce.Overlap(period) is not null)
        .SelectMany(version => version.Lines.OfType<RecurringLine>().Where(line => line.Id == lineId && DueCycles.Of(agreement, version, line, period).Any())).FirstOrDefault();
}
