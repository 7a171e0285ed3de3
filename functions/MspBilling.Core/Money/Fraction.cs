using System.Globalization;

namespace MspBilling.Core;

/// <summary>A share such as 17 of 30 days, kept as two whole numbers so that nothing is lost before the one rounding.</summary>
public readonly record struct Fraction
{
    /// <exception cref="ArgumentOutOfRangeException">The denominator is not positive, or the share is not between 0 and 1.</exception>
    public Fraction(int numerator, int denominator)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(denominator);
        ArgumentOutOfRangeException.ThrowIfNegative(numerator);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(numerator, denominator);
        (Numerator, Denominator) = (numerator, denominator);
    }

    public static Fraction Whole { get; } = new(1, 1);

    public int Numerator { get; }

    public int Denominator { get; }

    public bool IsWhole => Numerator == Denominator;

    public decimal Of(decimal amount) => IsWhole ? amount : amount * Numerator / Denominator;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
