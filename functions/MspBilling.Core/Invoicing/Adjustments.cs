using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;

namespace MspBilling.Core.Invoicing;

/// <summary>What an invoiced period comes to now, against what was billed for it.</summary>
/// <param name="Period">As it stands with the adjustment.</param>
/// <param name="Lines">For the next invoice: what is taken back and what is billed instead.</param>
/// <param name="Activities">What the period was priced from.</param>
/// <param name="References">The records that it was priced by.</param>
/// <param name="IsFilled">Whether these are other than the period was priced by before.</param>
/// <param name="Changes">Whether anything is other than it stood, if only a record that changes no price.</param>
public sealed record Adjustment(
    AdjustedPeriod Period, IReadOnlyList<RatedLine> Lines, IReadOnlyList<Activity> Activities, IReadOnlyList<CapturedRecord> References, bool IsFilled, bool Changes);

/// <summary>Late and changed work: an invoiced period is priced once more as in its own time, and the difference goes on the next invoice.</summary>
/// <remarks>
/// <para>The period is rated with its own agreement, rates and tiers (<see cref="ReferencesThen"/>), with the balances that it started from, and with
/// its activities as they are now. Lines that come to the same vanish. Of one that does not, the old is reversed and the new is added, and both
/// name the invoice that they adjust. Nothing is rounded here: both lines were rounded once, in their own computation.</para>
/// <para>6.00 h at 95.00 were billed, 570.00, and 2.00 h come late: the next invoice has -570.00 and 760.00, which is 190.00 more.</para>
/// <para>Metered use that comes out lower is not credited, unless its line says so: all of the agreement line stays as billed, and the activities
/// that changed are held with the difference. It is compared as a whole, because a minimum or a tier makes up in one line what another loses. Use that
/// has moved to another client or month is not lower but elsewhere, and is taken back. What is held is credited once all of it is released.</para>
/// <para>What a source tells as it is now and not since when stays as it was billed (<see cref="AsBilled"/>).</para>
/// </remarks>
public static class Adjustments
{
    /// <param name="then">How the period stands.</param>
    /// <param name="where">The bill in which it stands so.</param>
    /// <param name="clientId">Whose it is.</param>
    /// <param name="referencesThen">The records behind the client that it was priced by.</param>
    /// <param name="referencesNow">The records behind the client as they are.</param>
    /// <param name="activities">The client's activities of the period and those that stand, as they are.</param>
    /// <param name="carriedIn">What the period before leaves, where an adjustment has changed that; null where it has not.</param>
    /// <returns>What it comes to, or why that cannot be told.</returns>
    public static (Adjustment? Adjustment, string? Problem) Of(
        StandingPeriod then, BillName where, string clientId, IReadOnlyCollection<CapturedRecord> referencesThen, IReadOnlyCollection<CapturedRecord> referencesNow,
        IEnumerable<Activity> activities, CarriedState? carriedIn = null)
    {
        var references = ReferencesThen.FillGaps(referencesThen, referencesNow);
        var directory = ClientDirectory.Of(references);
        var counted = then.AsBilled.In(ClientBilling.Counted(directory, clientId, activities, then.Period), then.Period, ClientBilling.ChargedDays(directory, clientId, then.Period));
        var started = carriedIn ?? then.CarriedIn;
        var (rated, problem) = ClientBilling.Rate(directory, clientId, then.Period, counted, started);
        if (rated is null)
        {
            return (null, problem);
        }

        var inputs = ClientBilling.Inputs(directory, clientId, then.Period, counted);
        var decisions = StandingDecisions.Of(directory, clientId, then.Period, counted);
        var compared = new Comparison(then, rated, counted, inputs, directory.AgreementsOf(directory.ClientOf(clientId).Client!), decisions);
        var isFilled = !references.Where(record => !record.IsOfOnePeriod).Select(RecordVersion.Of).SequenceEqual(referencesThen.Where(record => !record.IsOfOnePeriod).Select(RecordVersion.Of));
        var now = then with
        {
            Lines = compared.Standing,
            Dispositions = decisions?.Apply(compared.Dispositions) ?? compared.Dispositions,
            Inputs = inputs,
            AsBilled = AsBilled.Of(counted),
            References = isFilled ? RecordJson.Hash(ReferencesThen.Serialize(references)) : then.References,
            CarriedIn = started,
            CarriedOut = rated.Carried,
        };
        var adjusted = new AdjustedPeriod(now, where, !Same(now.CarriedOut, then.CarriedOut));
        return (new Adjustment(adjusted, compared.Adjusting, counted, references, isFilled, !Same(now, then)), null);
    }

    /// <summary>Whether two values are written as the same bytes.</summary>
    public static bool Same<T>(T left, T right) => RecordJson.Serialize(left).AsSpan().SequenceEqual(RecordJson.Serialize(right));

    /// <summary>What was billed against what it comes to, agreement line by agreement line.</summary>
    private sealed class Comparison
    {
        private readonly StandingPeriod _then;
        private readonly RatedPeriod _now;
        private readonly Dictionary<RecordId, Activity> _counted;
        private readonly HashSet<RecordId> _changed;
        private readonly IReadOnlyList<Agreement> _agreements;
        private readonly StandingDecisions? _decisions;
        private readonly Dictionary<RecordId, Disposition> _held = [];
        private readonly List<RatedLine> _standing = [];
        private readonly List<RatedLine> _adjusting = [];

        public Comparison(StandingPeriod then, RatedPeriod now, IReadOnlyList<Activity> counted, IReadOnlyList<RecordVersion> inputs, IReadOnlyList<Agreement> agreements, StandingDecisions? decisions)
        {
            (_then, _now, _agreements, _decisions) = (then, now, agreements, decisions);
            _counted = counted.ToDictionary(activity => activity.Id);
            _changed =
            [
                .. inputs.Except(then.Inputs).Select(input => input.Id), .. then.Dispositions.Where(d => d.Reason == Reason.LessThanBilled).Select(d => d.Activity),
                .. counted.Select(activity => activity.Id).Where(id => decisions?.WriteOff(id)?.Reason == Reason.LessThanBilled.Code),
            ];
            var was = then.Lines.ToLookup(Account);
            var comesTo = now.Lines.ToLookup(Account);
            foreach (var account in comesTo.Concat(was).Select(group => group.Key).Distinct())
            {
                Compare([.. was[account]], [.. comesTo[account]]);
            }

            Dispositions = _held.Count == 0
                ? now.Dispositions
                : [.. now.Dispositions.Where(d => !_held.ContainsKey(d.Activity)).Concat(_held.Values).OrderBy(d => d.Activity.Kind).ThenBy(d => d.Activity.Source, StringComparer.Ordinal).ThenBy(d => d.Activity.ExternalId, StringComparer.Ordinal)];
        }

        /// <summary>What is billed for the period with the adjustment.</summary>
        public IReadOnlyList<RatedLine> Standing => _standing;

        public IReadOnlyList<RatedLine> Adjusting => _adjusting;

        public IReadOnlyList<Disposition> Dispositions { get; }

        private static (string Agreement, string Line, Currency Currency) Account(RatedLine line) => (line.AgreementId, line.LineId, line.Amount.Currency);

        private void Compare(IReadOnlyList<RatedLine> was, IReadOnlyList<RatedLine> comesTo)
        {
            if (IsLowerUse(was, comesTo, out var difference) && Hold(was, comesTo, difference))
            {
                _standing.AddRange(was);
                return;
            }

            _standing.AddRange(comesTo);
            var (old, now) = (was.ToLookup(line => line.Key), comesTo.ToLookup(line => line.Key));
            foreach (var key in was.Concat(comesTo).Select(line => line.Key).Distinct())
            {
                if (!old[key].Select(Amounts).Where(IsCharged).SequenceEqual(now[key].Select(Amounts).Where(IsCharged)))
                {
                    _adjusting.AddRange(old[key].Where(line => IsCharged(Amounts(line))).Select(Reversed));
                    _adjusting.AddRange(now[key].Where(line => IsCharged(Amounts(line))).Select(Added));
                }
            }
        }

        // A line at 0 asks for nothing, and need not be taken back.
        private static bool IsCharged((Money Amount, Money Discount) line) => !line.Amount.IsZero || !line.Discount.IsZero;

        private static (Money Amount, Money Discount) Amounts(RatedLine line) => (line.Amount, line.Discount);

        private bool IsLowerUse(IReadOnlyList<RatedLine> was, IReadOnlyList<RatedLine> comesTo, out Money difference)
        {
            var line = was.Concat(comesTo).First();
            difference = Money.Sum(comesTo.Select(l => l.Net), line.Amount.Currency) - Money.Sum(was.Select(l => l.Net), line.Amount.Currency);
            return difference.IsNegative
                && _agreements.FirstOrDefault(a => a.Id == line.AgreementId)?.On(line.ServicePeriod.Start)?.Lines.FirstOrDefault(l => l.Id == line.LineId) is UsageLine { CreditsLowerUse: false };
        }

        /// <returns>False when what was billed is not there any more, because it has moved elsewhere, or when all that is held has been released.</returns>
        private bool Hold(IReadOnlyList<RatedLine> was, IReadOnlyList<RatedLine> comesTo, Money difference)
        {
            var what = $"{was.Concat(comesTo).First().Service} was billed ";
            var billed = Billed(_then.Dispositions, was);
            var heldBefore = _then.Dispositions.Where(d => d.Reason == Reason.LessThanBilled && d.Detail!.StartsWith(what, StringComparison.Ordinal)).Select(d => d.Activity);
            var concerned = billed.Union(Billed(_now.Dispositions, comesTo)).Union(heldBefore).Where(_counted.ContainsKey).ToHashSet();
            if (!billed.All(_counted.ContainsKey) || concerned.Count == 0)
            {
                return false;
            }

            var ids = concerned.Any(_changed.Contains) ? concerned.Where(_changed.Contains).ToList() : [.. concerned];
            if (ids.TrueForAll(id => _decisions?.Release(id, Reason.LessThanBilled) is not null))
            {
                return false;
            }

            Money? value = difference;
            foreach (var id in ids.OrderBy(id => id.Kind).ThenBy(id => id.Source, StringComparer.Ordinal).ThenBy(id => id.ExternalId, StringComparer.Ordinal))
            {
                _held[id] = Disposition.Held(_counted[id], Reason.LessThanBilled, what + string.Create(CultureInfo.InvariantCulture, $"and comes to {-difference} less now."), value);
                value = null;
            }

            return true;
        }

        private static HashSet<RecordId> Billed(IEnumerable<Disposition> dispositions, IReadOnlyList<RatedLine> lines)
        {
            var descriptions = lines.Select(line => line.Description).ToHashSet();
            return [.. dispositions.Where(d => d.Kind == DispositionKind.Billed && descriptions.Contains(d.Detail ?? "")).Select(d => d.Activity)];
        }

        private RatedLine Reversed(RatedLine line) => Named(line, $"Takes back what was billed: {line.Explanation.Sentence}") with
        {
            Quantity = -line.Quantity,
            Amount = -line.Amount,
            Discount = -line.Discount,
            Details = [.. line.Details.Select(detail => detail with { Quantity = -detail.Quantity })],
        };

        private RatedLine Added(RatedLine line) => Named(line, line.Explanation.Sentence);

        private RatedLine Named(RatedLine line, string sentence)
        {
            var number = _then.Invoices.FirstOrDefault(invoice => invoice.Has(line))?.Number;
            var what = number is null ? $"{_then.Period}" : $"{number} ({_then.Period})";
            return line with
            {
                Adjusts = new AdjustedInvoice(number ?? "", _then.Period),
                Explanation = line.Explanation with { Sentence = $"Adjustment of {what}: {sentence}" },
            };
        }
    }
}
