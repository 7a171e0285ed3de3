namespace MspBilling.Core.Rating;

/// <summary>What is left of each charge after the lines that take something off it: write-downs, and what a deposit or a retainer pays.</summary>
/// <remarks>
/// Such a line takes from the charge that has its item, else from the charges of its agreement line, else of its service, else of its agreement; the write-down
/// of a rule's cap takes from the charges that the rule caps. Over several it is spread in proportion to what is left of them, by largest
/// remainder, and never below zero: 200.00 written down of 500.00 and 300.00 leaves 375.00 and 225.00.
/// </remarks>
internal static class WrittenDown
{
    /// <param name="parts">The case's.</param>
    /// <param name="lines">All of the period's.</param>
    /// <param name="withDrawn">Whether what a deposit or a retainer pays is taken off too.</param>
    /// <returns>By line; zero for what is no charge or is below zero.</returns>
    public static decimal[] LeftOf(IReadOnlyList<AgreementPart> parts, IReadOnlyList<RatedLine> lines, bool withDrawn)
    {
        var left = new decimal[lines.Count];
        for (var i = 0; i < left.Length; i++)
        {
            left[i] = IsCharge(lines[i]) ? Math.Max(lines[i].Amount.Amount, 0) : 0;
        }

        foreach (var taker in lines)
        {
            if (taker.Amount.IsNegative && (taker.Kind is LineKind.WriteDown || (withDrawn && taker.Kind is LineKind.Drawn)))
            {
                TakeFrom(left, ChargesOf(taker, parts, lines), -taker.Amount);
            }
        }

        return left;
    }

    public static bool IsCharge(RatedLine line) => line.Kind is LineKind.Charge or LineKind.TrueUp or LineKind.Deposit;

    /// <summary>Spreads what is taken off, at most what is left.</summary>
    public static IReadOnlyList<Money> TakeFrom(decimal[] left, IReadOnlyList<int> lines, Money amount)
    {
        var weights = lines.Select(i => left[i]).ToList();
        var shares = Split.ByWeight(new Money(Math.Min(amount.Amount, weights.Sum()), amount.Currency), weights);
        for (var i = 0; i < lines.Count; i++)
        {
            left[lines[i]] -= shares[i].Amount;
        }

        return shares;
    }

    private static List<int> ChargesOf(RatedLine taker, IReadOnlyList<AgreementPart> parts, IReadOnlyList<RatedLine> lines)
    {
        if (taker.Explanation.Rule == nameof(RuleCaps))
        {
            return RuleCaps.Capped(taker.AgreementId, taker.Rules![0], parts, lines, taker.Amount.Currency);
        }

        Func<RatedLine, bool>[] nearest =
        [
            line => line.LineId == taker.LineId && line.Item == taker.Item && line.ServicePeriod.Start == taker.ServicePeriod.Start,
            line => line.LineId == taker.LineId && line.Explanation.Version == taker.Explanation.Version,
            line => line.Service == taker.Service,
            _ => true,
        ];
        return nearest.Select(isOf => Charges(line => line.AgreementId == taker.AgreementId && isOf(line))).FirstOrDefault(found => found.Count > 0) ?? [];

        // A deposit is paid before the work, and so paid by none.
        List<int> Charges(Func<RatedLine, bool> isOf) =>
            [.. Enumerable.Range(0, lines.Count).Where(i => lines[i].Kind is LineKind.Charge && lines[i].Amount.Amount > 0 && isOf(lines[i]))];
    }
}
