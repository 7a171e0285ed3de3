using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Discounts;

/// <summary>What holds of any discounts on any lines.</summary>
public sealed class DiscountProperties
{
    private static readonly Gen<decimal> Prices = Gen.Int[-20_000, 100_000].Select(cents => cents / 100m);

    private static readonly Gen<Activity[]> Items = Gen.Select(Gen.OneOf("A", "B", "C"), Prices).Array[0, 8]
        .Select(items => items.Select((item, i) => (Activity)DiscountsTests.Item(item.Item1 + i, item.Item2)).ToArray());

    private static readonly Gen<DiscountLine> Any = Gen.Select(Gen.Int[0, 2], Gen.Enum<DiscountScope>(), Gen.Int[0, 10_000], Gen.OneOf("a", "b", "c"), Gen.OneOf("Hardware", "Travel"))
        .Select((form, scope, size, line, service) => new DiscountLine
        {
            Id = "discount",
            Service = "Discount",
            Scope = scope,
            Targets = scope switch { DiscountScope.Lines => [line], DiscountScope.Services => [service], _ => [] },
            Percent = form == 0 ? size / 100m : null,
            Amount = form == 1 ? size / 7m : null,
            ByVolume = form == 2 ? [new VolumeDiscount(0, size / 400m), new VolumeDiscount(size, size / 200m)] : [],
        });

    [Fact]
    public void AnyDiscounts_StayBetweenZeroAndTheAmountOfEachLine() => Gen.Select(Items, Any.Array[0, 5]).Sample(
        given => Assert.All(Month(given.Item2).Rate(given.Item1).Lines, line => Assert.InRange(line.Discount.Amount, 0, Math.Max(line.Amount.Amount, 0))),
        iter: 10_000);

    [Fact]
    public void AnAmount_IsSpreadToTheCentOrTakesAll() => Gen.Select(Items, Gen.Long[0, 300_000]).Sample(
        given =>
        {
            var amount = given.Item2 / 100m;
            var lines = Month([new DiscountLine { Id = "discount", Service = "Discount", Scope = DiscountScope.Agreement, Amount = amount }]).Rate(given.Item1).Lines;

            Assert.Equal(Math.Min(amount, lines.Sum(line => Math.Max(line.Amount.Amount, 0))), lines.Sum(line => line.Discount.Amount));
        },
        iter: 10_000);

    [Fact]
    public void AnyDiscountMore_NeverLowersWhatIsOff() => Gen.Select(Items, Any.Array[0, 3], Any).Sample(
        given => Assert.True(
            Month([.. given.Item2, given.Item3 with { Scope = DiscountScope.Invoice, Targets = [] }]).Rate(given.Item1).Lines.Sum(line => line.Discount.Amount)
            >= Month(given.Item2).Rate(given.Item1).Lines.Sum(line => line.Discount.Amount)),
        iter: 10_000);

    [Fact]
    public void AnyOrderOfTheItems_GivesTheSameDiscounts() => Gen.Select(Items, Any.Array[1, 3]).SelectMany(given => Gen.Shuffle(given.Item1).Select(shuffled => (given.Item1, given.Item2, shuffled))).Sample(
        given => Assert.Equal(
            Month(given.Item2).Rate(given.Item1).Lines.Select(line => (line.Key, line.Discount, line.Explanation.Sentence)),
            Month(given.Item2).Rate(given.shuffled).Lines.Select(line => (line.Key, line.Discount, line.Explanation.Sentence))),
        iter: 10_000);

    private static AgreedMonth Month(IReadOnlyList<DiscountLine> discounts) => AgreedMonth.Of(
    [
        Line("a", "Hardware"), Line("b", "Travel"), Line("c", "Hardware"), .. discounts,
    ]);

    private static ExpensesLine Line(string id, string service) => Lines.Expenses(service) with { Id = id, Match = new ActivityMatch { Skus = [id + "*"] } };
}
