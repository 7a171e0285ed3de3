namespace MspBilling.Core.Clients;

/// <summary>When an invoice is due, what is taken off for paying early, and what paying late costs.</summary>
/// <remarks>
/// Net 30 of 15 January is 14 February. Fifteen days after the end of January is 15 February. The 31st of the next month of 15 January is 28 February, the last that the month
/// has. The 20th of the same month (<see cref="Months"/> 0) of an invoice of the 25th is the 20th of the next, because that of its own is past.
/// </remarks>
public sealed record PaymentTerms
{
    public PaymentDue Due { get; init; }

    /// <summary>Days after the invoice's date, or after the end of its month.</summary>
    public int Days { get; init; }

    /// <summary>Day of the month, 1 to 31, for <see cref="PaymentDue.DayOfMonth"/>.</summary>
    public int Day { get; init; }

    /// <summary>Months after that of the invoice, for <see cref="PaymentDue.DayOfMonth"/>.</summary>
    public int Months { get; init; }

    /// <summary>Null for none.</summary>
    public EarlyPayment? EarlyPayment { get; init; }

    /// <summary>Null for none.</summary>
    public LateFee? LateFee { get; init; }

    public static PaymentTerms Net(int days) => new() { Due = PaymentDue.Net, Days = days };

    /// <summary>The last day on which it can be paid in time; never before the invoice's date.</summary>
    public DateOnly DueDate(DateOnly invoiceDate)
    {
        switch (Due)
        {
            case PaymentDue.Net:
                return invoiceDate.AddDays(Days);
            case PaymentDue.EndOfMonth:
                return DayOf(invoiceDate, 31).AddDays(Days);
            case PaymentDue.DayOfMonth:
                var due = DayOf(invoiceDate.AddMonths(Months), Day);
                return due < invoiceDate ? DayOf(invoiceDate.AddMonths(Months + 1), Day) : due;
            case PaymentDue.OnReceipt:
                return invoiceDate;
            default:
                throw new InvalidOperationException($"{Due} is no rule of when an invoice is due.");
        }
    }

    private static DateOnly DayOf(DateOnly month, int day) => new(month.Year, month.Month, Math.Min(day, DateTime.DaysInMonth(month.Year, month.Month)));
}

public enum PaymentDue
{
    /// <summary>Days after the invoice's date.</summary>
    Net,

    /// <summary>Days after the end of the invoice's month.</summary>
    EndOfMonth,

    /// <summary>A day of a month, or the month's last where it is shorter.</summary>
    DayOfMonth,

    OnReceipt,
}

/// <summary>A percentage off for who pays within days of the invoice's date. It is offered beside the invoice, and changes neither its total nor its tax.</summary>
/// <param name="Percent">2 for 2 %.</param>
public sealed record EarlyPayment(decimal Percent, int Days);

/// <summary>What is charged for paying late.</summary>
/// <param name="PercentPerMonth">Of what is not paid, for each whole month that it is overdue; null for none.</param>
/// <param name="Flat">Once, in its currency alone; null for none.</param>
/// <param name="GraceDays">Days after the due date on which nothing is charged yet.</param>
public sealed record LateFee(decimal? PercentPerMonth, Money? Flat, int GraceDays = 0);
