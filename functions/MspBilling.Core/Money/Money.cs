using System.Globalization;

namespace MspBilling.Core;

/// <summary>An amount that can be paid: a whole number of the currency's minor units, negative for a credit.</summary>
/// <remarks>
/// Adding two currencies throws, and there is no conversion from a number: an amount is born either exact
/// (<c>new Money(12.30m, eur)</c>, which refuses a third place) or by rounding once
/// (<see cref="Rounding.ToMoney"/>, <see cref="UnitPrice.Extend(decimal)"/>).
/// </remarks>
public readonly record struct Money : IComparable<Money>
{
    /// <param name="amount">Currency units, for example 12.30 for twelve euro thirty.</param>
    /// <param name="currency">The ISO 4217 currency.</param>
    /// <exception cref="ArgumentException">The amount has more places than the currency's minor unit.</exception>
    /// <exception cref="InvalidOperationException">The currency is <c>default</c>, which is none.</exception>
    public Money(decimal amount, Currency currency)
    {
        var code = currency.Code;
        if (decimal.Round(amount, currency.MinorUnits) != amount)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{amount} {code} has more than {currency.MinorUnits} places; round it once, with Rounding.ToMoney."),
                nameof(amount));
        }

        // The scale is made the currency's own, so that equal amounts are written alike: 5 and 5.00 are both 5.00 EUR.
        Amount = decimal.Round(amount, currency.MinorUnits) + new decimal(0, 0, 0, false, (byte)currency.MinorUnits);
        Currency = currency;
    }

    public decimal Amount { get; }

    public Currency Currency { get; }

    public bool IsZero => Amount == 0;

    public bool IsNegative => Amount < 0;

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money operator +(Money left, Money right) => new(left.Amount + right.SameAs(left).Amount, left.Currency);

    public static Money operator -(Money left, Money right) => new(left.Amount - right.SameAs(left).Amount, left.Currency);

    public static Money operator -(Money money) => new(-money.Amount, money.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    /// <summary>The exact sum; zero of the currency for none.</summary>
    public static Money Sum(IEnumerable<Money> amounts, Currency currency) => amounts.Aggregate(Zero(currency), (sum, next) => sum + next);

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public int CompareTo(Money other) => Amount.CompareTo(other.SameAs(this).Amount);

    /// <summary>A percentage of this amount, rounded once: 10 % of 0.05 EUR is 0.01 EUR.</summary>
    public Money Percent(decimal percent) => Rounding.ToMoney(Amount * percent / 100m, Currency);

    /// <summary>For logs and messages: <c>12.30 EUR</c>, whatever the culture. Documents format by the client's culture.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");

    private Money SameAs(Money other) =>
        Currency == other.Currency
            ? this
            : throw new InvalidOperationException($"{Currency} and {other.Currency} were put into one sum; each currency has an invoice of its own.");
}
