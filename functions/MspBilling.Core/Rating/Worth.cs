using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>What a held activity would bring as far as its own record and the rates tell; null where they do not.</summary>
/// <remarks>For reports only: an estimate that no invoice is made of. Usage is worth its cost, without a mark-up.</remarks>
internal static class Worth
{
    public static Money? Of(Activity activity, RatingCase @case) => activity switch
    {
        TimeEntry time => TimeRates.Estimate(time, @case),
        Addition addition => Rounding.ToMoney((addition.Quantity - addition.Included) * addition.UnitPrice, @case.Agreement(addition.AgreementId)?.Currency ?? @case.Client.Currency),
        Milestone { Amount: { } amount } milestone => Rounding.ToMoney(amount, (milestone.AgreementId is { } id ? @case.Agreement(id)?.Currency : null) ?? @case.Client.Currency),
        UsageRecord { Currency: { } currency } usage => Rounding.ToMoney(usage.Cost, currency),
        Expense { UnitPrice: { } price } expense => Rounding.ToMoney(price * expense.Quantity, expense.Currency),
        Expense { UnitCost: { } cost } expense => Rounding.ToMoney(cost * expense.Quantity, expense.Currency),
        _ => null,
    };
}
