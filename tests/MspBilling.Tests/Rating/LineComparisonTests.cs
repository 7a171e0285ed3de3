using MspBilling.Core;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class LineComparisonTests
{
    public static TheoryData<RatedLine[], RatedLine[], string> Pairs => new()
    {
        { [], [], "" },
        { [Line("a", 475)], [Line("a", 475)], "a 475.00 475.00 0.00" },
        { [Line("a", 475)], [Line("a", 550)], "a 475.00 550.00 75.00" },
        { [Line("a", 475)], [], "a 475.00 - -475.00" },
        { [], [Line("a", 550)], "a - 550.00 550.00" },
        // Another item is another line: 550.00 - 475.00 = 75.00 over both.
        { [Line("a", 475, item: "95")], [Line("a", 550, item: "110")], "a/110 - 550.00 550.00; a/95 475.00 - -475.00" },
        // After discounts: 475.00 - 47.50 = 427.50.
        { [Line("a", 475)], [Line("a", 475, discount: 47.50m)], "a 475.00 427.50 -47.50" },
        { [Line("a", 475, discount: 47.50m)], [Line("a", 475)], "a 427.50 475.00 47.50" },
        // A charge and what is written down of it are two lines.
        { [Line("a", 475)], [Line("a", 475), Line("a", -75, kind: LineKind.WriteDown)], "a 475.00 475.00 0.00; a - -75.00 -75.00" },
        // Lines of one key are one row: 100.00 + 20.00.
        { [Line("a", 100), Line("a", 20)], [Line("a", 130)], "a 120.00 130.00 10.00" },
        // In the order of their keys, not in that of the lists; days after line ids.
        { [Line("b", 1), Line("a", 2)], [Line("c", 3)], "a 2.00 - -2.00; b 1.00 - -1.00; c - 3.00 3.00" },
        // Euro and dollars are not subtracted.
        { [Line("a", 5)], [Line("a", 5, currency: USD)], "a 5.00 - -5.00; a - 5.00 5.00" },
    };

    [Theory]
    [MemberData(nameof(Pairs), DisableDiscoveryEnumeration = true)]
    public void Between_TwoComputations_MatchesByKey(RatedLine[] before, RatedLine[] after, string rows) =>
        Assert.Equal(rows, string.Join("; ", LineComparison.Between(before, after).Select(Text)));

    [Fact]
    public void Between_LineThatWasRenamed_HasItsNewName() =>
        Assert.Equal("New", Assert.Single(LineComparison.Between([Line("a", 1)], [Line("a", 1) with { Description = "New" }])).Description);

    private static string Text(ComparedLine row) =>
        $"{row.Key.LineId}{(row.Key.Item.Length > 0 ? "/" : "")}{row.Key.Item} {Text(row.Before)} {Text(row.After)} {Text(row.Difference)}";

    private static string Text(Money? amount) => amount is { } money ? money.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture) : "-";

    private static RatedLine Line(string id, decimal amount, string item = "", decimal discount = 0, LineKind kind = LineKind.Charge, Currency? currency = null) => new()
    {
        AgreementId = "101",
        AgreementName = "Gold",
        LineId = id,
        Item = item,
        Kind = kind,
        Service = "Support",
        Description = "Old",
        Explanation = new Explanation("Test", 1, [], ""),
        ServicePeriod = Days.September,
        Quantity = 1,
        Unit = "h",
        UnitPrice = new UnitPrice(amount, currency ?? EUR),
        Amount = new Money(amount, currency ?? EUR),
        Discount = new Money(discount, currency ?? EUR),
    };
}
