using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>Which agreement prices an activity: the one it names, else the only one in force that could.</summary>
/// <remarks>Never a guess: an agreement that is named but not in force, or two that both could, hold the activity.</remarks>
internal static class AgreementMatch
{
    internal readonly record struct Match(string? AgreementId, Disposition? Held);

    public static Match Find(Activity activity, RatingCase @case) => activity switch
    {
        TimeEntry { AgreementId: { } id } time => Named<TimeLine>(time, id, @case.Client.LocalDate(time.Start), @case),
        TimeEntry time => Only<TimeLine>(time, @case.Client.LocalDate(time.Start), @case),
        Addition addition => NamedAddition(addition, @case),
        Device device => ForDevice(device, @case),
        Milestone milestone => InCurrency<MilestonesLine>(milestone, milestone.CompletedOn!.Value, @case.Client.Currency, $"{milestone.Name}, in {@case.Client.Currency}.", @case),
        UsageRecord usage => InCurrency<CloudUsageLine>(usage, usage.Day, usage.Currency, $"{usage.Currency} of {usage.Provider}.", @case),
        _ => throw new InvalidOperationException($"{activity.GetType().Name} is matched by no rule."),
    };

    private static Match Named<TLine>(Activity activity, string agreementId, DateOnly day, RatingCase @case)
        where TLine : AgreementLine
    {
        if (@case.Agreement(agreementId) is not { } agreement)
        {
            return Hold(activity, Reason.UnknownAgreement, $"Agreement {agreementId}.", @case);
        }

        if (!agreement.Term.Contains(day))
        {
            return Hold(activity, Reason.AgreementNotInForce, $"{agreement.Name}, in force {InForce(agreement.Term)}.", @case);
        }

        return WithLine<TLine>(activity, agreement, @case);
    }

    private static Match NamedAddition(Addition addition, RatingCase @case)
    {
        if (@case.Agreement(addition.AgreementId) is not { } agreement)
        {
            return Hold(addition, Reason.UnknownAgreement, $"Agreement {addition.AgreementId}.", @case);
        }

        var days = agreement.Term.Overlap(addition.InForce)?.Overlap(@case.Period);
        return days is null
            ? Hold(addition, Reason.AgreementNotInForce, $"{agreement.Name}, in force {InForce(agreement.Term)}.", @case)
            : WithLine<AdditionsLine>(addition, agreement, @case);
    }

    private static Match WithLine<TLine>(Activity activity, Agreement agreement, RatingCase @case)
        where TLine : AgreementLine
    {
        if (agreement.Lines.Count == 0)
        {
            return Hold(activity, Reason.UnpricedType, $"{agreement.Name} is of the type {agreement.TypeName}.", @case);
        }

        return agreement.Line<TLine>() is null
            ? Hold(activity, Reason.NoLine, $"{agreement.Name} ({agreement.TypeName}).", @case)
            : new Match(agreement.Id, null);
    }

    private static Match Only<TLine>(Activity activity, DateOnly day, RatingCase @case)
        where TLine : AgreementLine
    {
        var could = InForceWith<TLine>(day, @case);
        return could.Count switch
        {
            1 => new Match(could[0].Id, null),
            0 => Hold(activity, Reason.NoAgreement, null, @case),
            _ => Hold(activity, Reason.SeveralAgreements, string.Join(" or ", could.Select(a => a.Name)) + ".", @case),
        };
    }

    private static Match ForDevice(Device device, RatingCase @case) =>
        InForceWith<DevicesLine>(@case.Period.LastDay, @case).Count == 0
            ? new Match(null, Disposition.NonBillable(device, Reason.DevicesNotPriced))
            : Only<DevicesLine>(device, @case.Period.LastDay, @case);

    // What comes with an amount of its own is priced by an agreement in that currency: nothing is converted.
    private static Match InCurrency<TLine>(Activity activity, DateOnly day, Currency currency, string detail, RatingCase @case)
        where TLine : AgreementLine
    {
        var could = InForceWith<TLine>(day, @case);
        var sameCurrency = could.Where(a => a.Currency == currency).ToList();
        return (could.Count, sameCurrency.Count) switch
        {
            (_, 1) => new Match(sameCurrency[0].Id, null),
            (0, _) => Hold(activity, Reason.NoAgreement, null, @case),
            (_, 0) => Hold(activity, Reason.OtherCurrency, detail, @case),
            _ => Hold(activity, Reason.SeveralAgreements, string.Join(" or ", sameCurrency.Select(a => a.Name)) + ".", @case),
        };
    }

    private static List<Agreement> InForceWith<TLine>(DateOnly day, RatingCase @case)
        where TLine : AgreementLine => [.. @case.Agreements.Where(a => a.Term.Contains(day) && a.Line<TLine>() is not null)];

    private static string InForce(Period term) => term.End == Period.NoEnd
        ? string.Create(CultureInfo.InvariantCulture, $"from {term.Start:yyyy-MM-dd}")
        : string.Create(CultureInfo.InvariantCulture, $"from {term.Start:yyyy-MM-dd} to {term.LastDay:yyyy-MM-dd}");

    private static Match Hold(Activity activity, Reason reason, string? detail, RatingCase @case) =>
        new(null, Disposition.Held(activity, reason, detail, Worth.Of(activity, @case)));
}
