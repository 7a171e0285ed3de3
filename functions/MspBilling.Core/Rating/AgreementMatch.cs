using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Which line of which agreement prices an activity: of the agreement that it names, else of the only one in force that could.</summary>
/// <remarks>
/// Never a guess: an agreement that is named but not in force, or two that both could, hold the activity. An amount in a currency is priced by an
/// agreement in it; of two, one that names the milestone's project, and one in the currency itself before one that converts or counts units. What
/// stands all month, an addition or a device, is priced by each version for its own days: a rule of any of them that holds it holds it
/// for all, and it is waived only where none prices it.
/// </remarks>
internal sealed class AgreementMatch(RatingCase @case, IReadOnlyList<AgreementPart> parts)
{
    private readonly AgreementPart[] _parts = [.. parts];
    private static readonly List<Match> None = [];
    private readonly List<Match> _standing = [];
    private readonly CustomRules[] _rules = [.. parts.Select(part => new CustomRules(part))];
    private readonly LocalClock _clock = LocalClock.Of(@case.Client.Zone);

    /// <param name="Part">Whose line, or whose rule settles it.</param>
    /// <param name="Place">That of the first line that prices it, or would if no rule settled it, in the part's version; -1 for none.</param>
    internal readonly record struct Match(AgreementPart? Part, int Place, Activity? Activity, PriceEffects? Effects, Settlement? Settled)
    {
        public AgreementLine? Line => Part is null || Place < 0 ? null : Part.Version.Lines[Place];
    }

    public Match Find(Activity activity) => activity switch
    {
        TimeEntry { AgreementId: { } id } time => Named(time, ActivityKind.Time, id, DayOf(time)),
        TimeEntry time => Only(time, ActivityKind.Time, DayOf(time), null),
        UsageRecord usage => Only(usage, ActivityKind.Usage, usage.Day, usage.Currency),
        Expense { AgreementId: { } id } expense => Named(expense, ActivityKind.Expense, id, expense.Day),
        Expense expense => Only(expense, ActivityKind.Expense, expense.Day, expense.Currency),
        Addition addition => NamedAddition(addition),
        Device device => Counted(device, Standing(device), @case.Period.LastDay),
        Count count => Counted(count, Only(count, ActivityKind.Count, count.Day, null), count.Day),
        Milestone { AgreementId: { } id } milestone => Named(milestone, ActivityKind.Milestone, id, milestone.CompletedOn!.Value),
        Milestone milestone => Only(milestone, ActivityKind.Milestone, milestone.CompletedOn!.Value, @case.Client.Currency),
        _ => throw new InvalidOperationException($"{activity.GetType().Name} is matched by no rule."),
    };

    /// <summary>What the other versions in the period make of an addition or a device, which stand.</summary>
    public List<Match> Repeats(in Match first, Activity activity)
    {
        List<Match>? repeats = null;
        foreach (var part in _parts)
        {
            if (!ReferenceEquals(part, first.Part) && Stands(activity, part) && Try(activity, Conditions.KindOf(activity), null, part) is { Line: not null, Settled: null } match)
            {
                (repeats ??= []).Add(match);
            }
        }

        return repeats ?? None;
    }

    /// <summary>The rules that match an activity in a part, for a dry run.</summary>
    public void Matching(Activity activity, AgreementPart part, List<CustomRule> matching) => _rules[part.Index].Apply(activity, Conditions.KindOf(activity), Conditions.DayOf(activity, @case.Client), matching);

    private static bool Stands(Activity activity, AgreementPart part) =>
        activity is Device || (activity is Addition addition && part.Agreement.Id == addition.AgreementId && addition.InForce.Overlap(part.Charged) is not null);

    private DateOnly DayOf(TimeEntry time) => DateOnly.FromDateTime(_clock.At(time.Start));

    private Match Named(Activity activity, ActivityKind kind, string agreementId, DateOnly day)
    {
        if (@case.Agreement(agreementId) is not { } agreement)
        {
            return Hold(activity, Reason.UnknownAgreement, $"Agreement {agreementId}.");
        }

        foreach (var part in _parts)
        {
            if (part.Agreement == agreement && part.InForce.Contains(day))
            {
                return activity is Expense expense && expense.Currency != agreement.Currency
                    ? Hold(expense, Reason.OtherCurrency, $"{agreement.Name} is in {agreement.Currency}: {Amount(expense)}")
                    : Priced(activity, part, Try(activity, kind, day, part));
            }
        }

        return Hold(activity, Reason.AgreementNotInForce, $"{agreement.Name}, in force {InForce(agreement.Term)}.");
    }

    private Match NamedAddition(Addition addition)
    {
        if (@case.Agreement(addition.AgreementId) is not { } agreement)
        {
            return Hold(addition, Reason.UnknownAgreement, $"Agreement {addition.AgreementId}.");
        }

        foreach (var part in _parts)
        {
            if (Stands(addition, part))
            {
                return Priced(addition, part, Standing(addition));
            }
        }

        return Hold(addition, Reason.AgreementNotInForce, $"{agreement.Name}, in force {InForce(agreement.Term)}.");
    }

    private Match Priced(Activity activity, AgreementPart part, Match match) =>
        match.Part is not null ? match
        : part.Version.Lines.Count == 0 && part.Agreement.TypeName is { } unpriced ? Hold(activity, Reason.UnpricedType, $"{part.Agreement.Name} is of the type {unpriced}.")
        : Hold(activity, Reason.NoLine, part.Agreement.TypeName is { } type ? $"{part.Agreement.Name} ({type})." : $"{part.Agreement.Name}, version {part.Version.Number}.");

    /// <summary>The first version that prices what stands; none when two agreements would on the same day.</summary>
    private Match Standing(Activity activity)
    {
        _standing.Clear();
        foreach (var part in _parts)
        {
            if (Stands(activity, part) && Try(activity, Conditions.KindOf(activity), null, part) is { Part: not null } match)
            {
                _standing.Add(match);
            }
        }

        return _standing.Count switch { 0 => default, 1 => _standing[0], _ => OfSeveral(activity, _standing) };
    }

    private Match OfSeveral(Activity activity, List<Match> could)
    {
        var priced = could.Where(match => match.Settled is null).ToList();
        var several = priced.Where(match => priced.Any(other => other.Part!.Agreement != match.Part!.Agreement && other.Part.InForce.Overlap(match.Part.InForce) is not null)).ToList();
        return could.FirstOrDefault(match => match.Settled?.Kind == DispositionKind.Held) is { Part: not null } held ? held
            : several.Count > 0 ? Several(activity, several.Select(match => match.Part!))
            : priced.Concat(could).FirstOrDefault();
    }

    /// <param name="currency">Of the activity's own amount; null for what has none.</param>
    private Match Only(Activity activity, ActivityKind kind, DateOnly day, Currency? currency)
    {
        Match found = default;
        var foundRank = 0;
        var anyCurrency = false;
        List<AgreementPart>? could = null;
        foreach (var part in _parts)
        {
            if (!part.InForce.Contains(day) || Try(activity, kind, day, part) is not { Part: not null } match)
            {
                continue;
            }

            anyCurrency = true;
            var rank = Rank(match, activity, currency);
            if (rank == 0 || rank < foundRank)
            {
                continue;
            }

            if (rank > foundRank)
            {
                (found, foundRank, could) = (match, rank, null);
            }
            else if (found.Settled is null || match.Settled != found.Settled)
            {
                // A rule of the settings settles it alike, whichever agreement would price it.
                (could ??= [found.Part!]).Add(part);
            }
        }

        return could is not null ? Several(activity, could)
            : found.Part is not null ? found
            : anyCurrency ? Hold(activity, Reason.OtherCurrency, Amount(activity))
            : Hold(activity, Reason.NoAgreement, null);
    }

    /// <summary>How well a match fits an activity that names no agreement; 0 not at all.</summary>
    private int Rank(in Match match, Activity activity, Currency? currency) => match switch
    {
        { Line: null } => 1,
        { Line: MilestonesLine line } when ProjectPrices.Of(line, (Milestone)activity, @case.Directory) is { } project && (project.HasAmounts || match.Part!.Currency == currency) => 4,
        _ when currency is null || match.Part!.Currency == currency => 3,
        { Line: UsageLine { Conversions.Count: > 0 } or UsageLine { Pricing.IsOfCost: false } } => 2,
        { Settled: not null } => 1,
        _ => 0,
    };

    // A client whose agreements count nothing of the kind is not billed for it; one whose agreements count other types has a price missing.
    private Match Counted(Activity activity, in Match match, DateOnly day)
    {
        if (match.Part is not null || (match.Settled is { } settled && settled.Reason != Reason.NoAgreement))
        {
            return match;
        }

        foreach (var part in _parts)
        {
            if ((activity is Device || part.InForce.Contains(day)) && part.CanPrice(Conditions.KindOf(activity)))
            {
                return activity is Device device
                    ? Hold(device, Reason.MissingDevicePrice, $"{device.DeviceType} {device.Name}.")
                    : Hold(activity, Reason.NoLine, activity is Count count ? $"{count.Description} ({count.Sku})." : null);
            }
        }

        return new Match(null, -1, null, null, new Settlement(DispositionKind.NonBillable, activity is Device ? Reason.DevicesNotPriced : Reason.CountsNotPriced));
    }

    /// <param name="day">The activity's; null for what stands.</param>
    private Match Try(Activity activity, ActivityKind kind, DateOnly? day, AgreementPart part)
    {
        if (!part.CanPrice(kind))
        {
            return default;
        }

        var outcome = _rules[part.Index].Apply(activity, kind, day);
        foreach (var place in part.Pricing(kind))
        {
            if (outcome.Activity.Meets(part.Version.Lines[place].Match, @case))
            {
                return new Match(part, place, outcome.Activity, outcome.Effects, outcome.Settled);
            }
        }

        return outcome.Settled is null ? default : new Match(part, -1, null, null, outcome.Settled);
    }

    /// <summary>Whether lines of this form price activities of the kind. Counts are priced as use only where the line asks for them.</summary>
    internal static bool Prices(AgreementLine line, ActivityKind kind) => kind switch
    {
        ActivityKind.Time => line is TimeLine,
        ActivityKind.Expense => line is ExpensesLine,
        ActivityKind.Milestone => line is MilestonesLine,
        ActivityKind.Addition => line is RecurringLine { Quantity: AdditionQuantity },
        ActivityKind.Device => line is RecurringLine { Quantity: DeviceQuantity },
        ActivityKind.Count => line is RecurringLine { Quantity: CountQuantity } || (line is UsageLine { Match.Kinds: { } kinds } && kinds.Contains(ActivityKind.Count)),
        ActivityKind.Usage => line is UsageLine,
        _ => false,
    };

    private static string InForce(Period term) => term.End == Period.NoEnd
        ? string.Create(CultureInfo.InvariantCulture, $"from {term.Start:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"from {term.Start:yyyy-MM-dd} to {term.LastDay:yyyy-MM-dd}");

    private string Amount(Activity activity) => activity switch
    {
        UsageRecord usage => $"{usage.Currency} of {usage.Provider}.",
        Expense expense => $"{expense.Description}, in {expense.Currency}.",
        Milestone milestone => $"{milestone.Name}, in {@case.Client.Currency}.",
        _ => throw new InvalidOperationException($"{activity.GetType().Name} has no amount of its own."),
    };

    private Match Several(Activity activity, IEnumerable<AgreementPart> could) =>
        Hold(activity, Reason.SeveralAgreements, string.Join(" or ", could.Select(part => part.Agreement.Name).Distinct()) + ".");

    private Match Hold(Activity activity, Reason reason, string? detail) =>
        new(null, -1, null, null, new Settlement(DispositionKind.Held, reason, detail, Worth.Of(activity, @case)));
}
