namespace MspBilling.Core.Rating;

/// <summary>What two computations of the same days make of the same things: line by line, with the difference.</summary>
/// <remarks>
/// Lines are matched by <see cref="RatedLine.Key"/> and compared after discounts; lines of one key are summed. Where an agreement's currency differs
/// between the two, nothing can be subtracted: what was is one row and what would be is another. For example 5.00 h x 95.00 = 475.00 before and
/// 5.00 h x 110.00 = 550.00 after, under one key, is a row of 475.00, 550.00 and 75.00; under two keys, two rows of -475.00 and 550.00.
/// </remarks>
public static class LineComparison
{
    /// <returns>A row for each line of either, in the order of agreement, agreement line, first day, item and kind.</returns>
    public static IReadOnlyList<ComparedLine> Between(IReadOnlyList<RatedLine> before, IReadOnlyList<RatedLine> after)
    {
        var rows = new Dictionary<(RatedLineKey Key, Currency Currency), ComparedLine>();
        foreach (var line in before)
        {
            var row = Row(rows, line);
            rows[(line.Key, line.Net.Currency)] = row with { Before = line.Net + (row.Before ?? Money.Zero(line.Net.Currency)) };
        }

        foreach (var line in after)
        {
            var row = Row(rows, line);
            rows[(line.Key, line.Net.Currency)] = row with { Description = line.Description, After = line.Net + (row.After ?? Money.Zero(line.Net.Currency)) };
        }

        return [.. rows.Values.Order(Comparer<ComparedLine>.Create(Compare))];
    }

    private static ComparedLine Row(Dictionary<(RatedLineKey Key, Currency Currency), ComparedLine> rows, RatedLine line) =>
        rows.GetValueOrDefault((line.Key, line.Net.Currency)) ?? new ComparedLine(line.Key, line.Description, line.Net.Currency, null, null);

    private static int Compare(ComparedLine left, ComparedLine right) =>
        string.CompareOrdinal(left.Key.AgreementId, right.Key.AgreementId) is not 0 and var byAgreement ? byAgreement
        : string.CompareOrdinal(left.Key.LineId, right.Key.LineId) is not 0 and var byLine ? byLine
        : left.Key.From.CompareTo(right.Key.From) is not 0 and var byDay ? byDay
        : string.CompareOrdinal(left.Key.Item, right.Key.Item) is not 0 and var byItem ? byItem
        : left.Key.Kind.CompareTo(right.Key.Kind) is not 0 and var byKind ? byKind
        : string.CompareOrdinal(left.Currency.Code, right.Currency.Code);
}

/// <summary>One line in two computations.</summary>
/// <param name="Description">As the second has it, where it has one.</param>
/// <param name="Before">After discounts; null where the first has no such line.</param>
/// <param name="After">After discounts; null where the second has no such line.</param>
public sealed record ComparedLine(RatedLineKey Key, string Description, Currency Currency, Money? Before, Money? After)
{
    public Money Difference => (After ?? Money.Zero(Currency)) - (Before ?? Money.Zero(Currency));
}
