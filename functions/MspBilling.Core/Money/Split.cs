namespace MspBilling.Core;

/// <summary>Splits an amount over shares so that the parts add up to it: largest remainder, ties to the earlier share.</summary>
/// <remarks>
/// 10.00 EUR over 1:1:1 is 3.34 + 3.33 + 3.33. A negative amount is split as its positive twin, so a credit undoes a
/// charge part by part. Discounts and tax shares use this same split.
/// </remarks>
public static class Split
{
    /// <param name="total">What is split.</param>
    /// <param name="weights">One weight a share, none negative; in order, because ties go to the earlier.</param>
    /// <returns>One part a weight; their sum is <paramref name="total"/>. A weight of zero gets nothing.</returns>
    /// <exception cref="ArgumentException">A weight is negative, or an amount is split over nothing.</exception>
    public static IReadOnlyList<Money> ByWeight(Money total, IReadOnlyList<decimal> weights)
    {
        if (weights.Any(weight => weight < 0))
        {
            throw new ArgumentException("A split needs weights of zero or more.", nameof(weights));
        }

        var sum = weights.Sum();
        if (sum == 0)
        {
            return total.IsZero
                ? [.. weights.Select(_ => Money.Zero(total.Currency))]
                : throw new ArgumentException($"{total} cannot be split over weights that are all zero.", nameof(weights));
        }

        var sign = total.IsNegative ? -1 : 1;
        var unit = new decimal(1, 0, 0, false, (byte)total.Currency.MinorUnits);
        var units = decimal.Abs(total.Amount) / unit;

        var parts = new decimal[weights.Count];
        var remainders = new (decimal Remainder, int Index)[weights.Count];
        for (var i = 0; i < weights.Count; i++)
        {
            var exact = units * weights[i] / sum;
            parts[i] = decimal.Floor(exact);
            remainders[i] = (exact - parts[i], i);
        }

        var left = (int)(units - parts.Sum());
        foreach (var (_, index) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Index).Take(left))
        {
            parts[index] += 1;
        }

        return [.. parts.Select(part => new Money(sign * part * unit, total.Currency))];
    }

    /// <summary>Splits a rounded sum over what each part comes to exactly, of either sign: each is rounded down, and what is left goes to the largest remainders.</summary>
    /// <remarks>
    /// 0.69 EUR over 0.2323, 0.2323 and 0.2323 is 0.23 each; 1.00 EUR over 1.2346 and -0.2346 is 1.23 and -0.23, because 1.2346 rounded down leaves 0.0046 and
    /// -0.2346, which is -0.24 rounded down, leaves 0.0054 and gets the cent.
    /// </remarks>
    /// <param name="total">The sum of the parts, rounded to the minor unit either way.</param>
    /// <param name="exact">One amount a part; in order, because ties go to the earlier.</param>
    /// <returns>One amount a part, each less than a minor unit from its exact one; their sum is <paramref name="total"/>.</returns>
    /// <exception cref="ArgumentException">The total is a minor unit or more from the sum of the parts.</exception>
    public static IReadOnlyList<Money> ByParts(Money total, IReadOnlyList<decimal> exact)
    {
        var unit = new decimal(1, 0, 0, false, (byte)total.Currency.MinorUnits);
        if (decimal.Abs(total.Amount - exact.Sum()) >= unit)
        {
            throw new ArgumentException($"{total} is not the rounded sum of the parts.", nameof(exact));
        }

        // As its positive twin, so that a credit undoes a charge part by part.
        var sign = total.IsNegative ? -1 : 1;
        var parts = exact.Select(part => decimal.Floor(sign * part / unit)).ToArray();
        var remainders = exact.Select((part, index) => (Remainder: (sign * part / unit) - parts[index], Index: index));
        var left = (int)((decimal.Abs(total.Amount) / unit) - parts.Sum());
        foreach (var (_, index) in remainders.OrderByDescending(r => r.Remainder).ThenBy(r => r.Index).Take(left))
        {
            parts[index] += 1;
        }

        return [.. parts.Select(part => new Money(sign * part * unit, total.Currency))];
    }
}
