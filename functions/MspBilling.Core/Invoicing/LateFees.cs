using MspBilling.Core.Clients;

namespace MspBilling.Core.Invoicing;

/// <summary>What a client owes on a day for not having paid in time.</summary>
/// <remarks>
/// <para>A percentage is of what is not paid, for each whole month since the due date, simple and rounded once: 1,000.00 that was due on 31 January at 1.5 % a month owes nothing
/// on 27 February, 15.00 on 28 February, and 30.00 on 31 March. A flat fee is owed once, from the first day on which it is overdue.</para>
/// <para>In the days of grace nothing is owed; after them, it is reckoned from the due date.</para>
/// </remarks>
public static class LateFees
{
    /// <param name="fee">By the invoice's terms.</param>
    /// <param name="balance">What of the invoice is not paid.</param>
    /// <param name="due">The invoice's due date.</param>
    /// <param name="day">The day that is asked about.</param>
    /// <returns>In the balance's currency; zero for an invoice that is not overdue, or is paid.</returns>
    public static Money Of(LateFee fee, Money balance, DateOnly due, DateOnly day)
    {
        if (balance.Amount <= 0 || day.DayNumber <= due.DayNumber + fee.GraceDays)
        {
            return Money.Zero(balance.Currency);
        }

        var flat = fee.Flat is { } once && once.Currency == balance.Currency ? once : Money.Zero(balance.Currency);
        return flat + balance.Percent((fee.PercentPerMonth ?? 0) * MonthsSince(due, day));
    }

    /// <summary>The days on which something is added to what is owed: the first day after those of grace, and each that ends a month since the due date.</summary>
    /// <param name="until">The last day that is asked about.</param>
    public static IEnumerable<DateOnly> Days(LateFee fee, DateOnly due, DateOnly until)
    {
        var first = due.AddDays(fee.GraceDays + 1);
        for (var (day, month) = (first, MonthsSince(due, first)); day <= until; day = due.AddMonths(++month))
        {
            yield return day;
        }
    }

    /// <summary>A month from the 31st ends on the last day of a shorter one.</summary>
    internal static int MonthsSince(DateOnly due, DateOnly day)
    {
        var months = ((day.Year - due.Year) * 12) + day.Month - due.Month;
        return due.AddMonths(months) > day ? months - 1 : months;
    }
}
