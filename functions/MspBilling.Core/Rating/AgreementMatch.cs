using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Which line of which agreement prices an activity: of the agreement that it names, else of the only one in force that could.</summary>
/// <remarks>
/// Never a guess: an agreement that is named but not in force, or two that both could, hold the activity. What stands all month, such as an
/// addition, is priced by each version of the agreement for its own days.
/// </remarks>
internal sealed class AgreementMatch(RatingCase @case, IReadOnlyList<AgreementPart> parts)
{
    private readonly Dictionary<string, PriceEffects> _effects = new(StringComparer.Ordinal);

    /// <param name="Line">The first line that prices it; null when it is settled.</param>
    /// <param name="Part">Whose line.</param>
    internal readonly record struct Match(AgreementPart? Part, AgreementLine? Line, Activity? Activity, PriceEffects? Effects, Disposition? Settled);

    public Match Find(Activity activity) => activity switch
    {
        TimeEntry { AgreementId: { } id } time => Named(time, id, @case.Client.LocalDate(time.Start)),
        TimeEntry time => Only(time, @case.Client.LocalDate(time.Start)),
        Expense { AgreementId: { } id } expense => Named(expense, id, expense.Day),
        Expense expense => InCurrency(expense, expense.Day, expense.Currency, $"{expense.Description}, in {expense.Currency}."),
        Addition addition => NamedAddition(addition),
        Device device => Standing(device),
        Count count => Counted(count, count.Day, Reason.CountsNotPriced, Reason.NoLine, $"{count.Description} ({count.Sku})."),
        Milestone milestone => InCurrency(milestone, milestone.CompletedOn!.Value, @case.Client.Currency, $"{milestone.Name}, in {@case.Client.Currency}."),
        UsageRecord usage => InCurrency(usage, usage.Day, usage.Currency, $"{usage.Currency} of {usage.Provider}."),
        _ => throw new InvalidOperationException($"{activity.GetType().Name} is matched by no rule."),
    };

    /// <summary>What the same agreement's other versions in the period make of something that stands, and of a device the agreements before and after it.</summary>
    public IEnumerable<Match> Repeats(Match first, Activity activity)
    {
        if (activity is not (Addition or Device))
        {
            yield break;
        }

        foreach (var part in parts)
        {
            var isOther = part.Agreement == first.Part!.Agreement ? part != first.Part : activity is Device && part.InForce.Overlap(first.Part.InForce) is null;
            if (isOther && Overlaps(activity, part) && Try(activity, part) is { Line: not null } match)
            {
                yield return match;
            }
        }
    }

    private static bool Overlaps(Activity activity, AgreementPart part) => activity is not Addition addition || addition.InForce.Overlap(part.Charged) is not null;

    // By the agreement in force on the period's last day, else by the one that was last.
    private Match Standing(Device device)
    {
        var day = @case.Period.LastDay;
        foreach (var part in parts)
        {
            if (part.CanPrice(ActivityKind.Device) && part.InForce.End == @case.Period.End)
            {
                return Counted(device, day, Reason.DevicesNotPriced, Reason.MissingDevicePrice, $"{device.DeviceType} {device.Name}.");
            }
        }

        DateOnly? last = null;
        foreach (var part in parts)
        {
            last = part.CanPrice(ActivityKind.Device) && (last is null || part.InForce.LastDay > last) ? part.InForce.LastDay : last;
        }

        return Counted(device, last ?? day, Reason.DevicesNotPriced, Reason.MissingDevicePrice, $"{device.DeviceType} {device.Name}.");
    }

    private Match Named(Activity activity, string agreementId, DateOnly day)
    {
        if (@case.Agreement(agreementId) is not { } agreement)
        {
            return Hold(activity, Reason.UnknownAgreement, $"Agreement {agreementId}.");
        }

        return PartOn(agreement, day) is { } part
            ? InPart(activity, part)
            : Hold(activity, Reason.AgreementNotInForce, $"{agreement.Name}, in force {InForce(agreement.Term)}.");
    }

    private Match NamedAddition(Addition addition)
    {
        if (@case.Agreement(addition.AgreementId) is not { } agreement)
        {
            return Hold(addition, Reason.UnknownAgreement, $"Agreement {addition.AgreementId}.");
        }

        foreach (var part in parts)
        {
            if (part.Agreement == agreement && Overlaps(addition, part))
            {
                return InPart(addition, part);
            }
        }

        return Hold(addition, Reason.AgreementNotInForce, $"{agreement.Name}, in force {InForce(agreement.Term)}.");
    }

    private AgreementPart? PartOn(Agreement agreement, DateOnly day)
    {
        foreach (var part in parts)
        {
            if (part.Agreement == agreement && part.InForce.Contains(day))
            {
                return part;
            }
        }

        return null;
    }

    private Match InPart(Activity activity, AgreementPart part)
    {
        if (part.Version.Lines.Count == 0)
        {
            return Hold(activity, Reason.UnpricedType, $"{part.Agreement.Name} is of the type {part.Agreement.TypeName}.");
        }

        var match = Try(activity, part);
        return match.Line is null && match.Settled is null
            ? Hold(activity, Reason.NoLine, part.Agreement.TypeName is { } type ? $"{part.Agreement.Name} ({type})." : $"{part.Agreement.Name}, version {part.Version.Number}.")
            : match;
    }

    private Match Only(Activity activity, DateOnly day)
    {
        Match found = default;
        List<string>? could = null;
        foreach (var part in parts)
        {
            if (!part.InForce.Contains(day) || Try(activity, part) is not { Part: not null } match)
            {
                continue;
            }

            if (found.Part is not null)
            {
                (could ??= [found.Part.Agreement.Name]).Add(part.Agreement.Name);
            }

            found = match;
        }

        return found.Part is null ? Hold(activity, Reason.NoAgreement, null)
            : could is not null ? Hold(activity, Reason.SeveralAgreements, string.Join(" or ", could) + ".")
            : found;
    }

    // A client whose agreements count nothing of the kind is not billed for it; one whose agreements count other types has a price missing.
    private Match Counted(Activity activity, DateOnly day, Reason notCounted, Reason missing, string detail)
    {
        var kind = Conditions.KindOf(activity);
        var match = Only(activity, day);
        return match.Settled is not { } settled || settled.Reason != Reason.NoAgreement ? match
            : parts.Any(part => part.InForce.Contains(day) && part.Version.Lines.Any(line => Prices(line, kind))) ? Hold(activity, missing, detail)
            : new Match(null, null, null, null, Disposition.NonBillable(activity, notCounted));
    }

    // What comes with an amount of its own is priced by an agreement in that currency, or by one that says how it is converted.
    private Match InCurrency(Activity activity, DateOnly day, Currency currency, string detail)
    {
        Match found = default;
        var anyCurrency = false;
        List<string>? could = null;
        foreach (var part in parts)
        {
            if (!part.InForce.Contains(day) || Try(activity, part) is not { Part: not null } match)
            {
                continue;
            }

            anyCurrency = true;
            if (part.Currency != currency && !IsAnyCurrency(match.Line) && match.Settled is null)
            {
                continue;
            }

            // An agreement in the currency itself goes before one that converts.
            if (found.Part is not null && found.Part.Currency == currency && part.Currency != currency)
            {
                continue;
            }

            if (found.Part is not null && (found.Part.Currency == currency) == (part.Currency == currency))
            {
                (could ??= [found.Part.Agreement.Name]).Add(part.Agreement.Name);
            }
            else
            {
                could = null;
            }

            found = match;
        }

        return found.Part is null ? Hold(activity, anyCurrency ? Reason.OtherCurrency : Reason.NoAgreement, anyCurrency ? detail : null)
            : could is not null ? Hold(activity, Reason.SeveralAgreements, string.Join(" or ", could) + ".")
            : found;
    }

    // What is priced by how much it is has no need of its cost.
    private static bool IsAnyCurrency(AgreementLine? line) => line is UsageLine { Conversions.Count: > 0 } or UsageLine { Pricing.IsOfCost: false };

    private Match Try(Activity activity, AgreementPart part)
    {
        var kind = Conditions.KindOf(activity);
        if (!part.CanPrice(kind))
        {
            return default;
        }

        var outcome = CustomRules.Apply(activity, part, _effects);
        if (outcome.Settled is { } settled)
        {
            return new Match(part, null, null, null, settled);
        }

        foreach (var line in part.Version.Lines)
        {
            if (Prices(line, kind) && outcome.Activity.Meets(line.Match, @case))
            {
                return new Match(part, line, outcome.Activity, outcome.Effects, null);
            }
        }

        return default;
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

    private Match Hold(Activity activity, Reason reason, string? detail) =>
        new(null, null, null, null, Disposition.Held(activity, reason, detail, Worth.Of(activity, @case)));
}
