using CsCheck;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Metered;

/// <summary>What holds for any use and any price.</summary>
public sealed class UsageProperties
{
    private const int Cases = 10_000;

    private static readonly Gen<decimal> Prices = Gen.Int[0, 500_000].Select(n => n / 10_000m);
    private static readonly Gen<decimal> Quantities = Gen.OneOf(Gen.Int[0, 300].Select(n => (decimal)n), Gen.Int[0, 3_000_000].Select(n => n / 10_000m));
    private static readonly Gen<decimal> Signed = Gen.Select(Quantities, Gen.Frequency((4, 1), (1, -1)), (quantity, sign) => quantity * sign);

    private static readonly Gen<IReadOnlyList<Tier>> Tiers = Gen.Select(Gen.Select(Gen.Int[1, 100], Prices, Gen.OneOf(Gen.Const(0m), Prices)).Array[0, 4], Prices)
        .Select(IReadOnlyList<Tier> (widths, last) =>
        [
            .. widths.Select((width, i) => new Tier(widths.Take(i + 1).Sum(earlier => earlier.Item1), width.Item2, width.Item3)), new Tier(null, last),
        ]);

    private static readonly Gen<PriceModel> OfQuantity = Gen.OneOf(
        Prices.Select(PriceModel (price) => new PerUnitPrice(price)),
        Tiers.Select(PriceModel (tiers) => new GraduatedPrice(tiers)),
        Tiers.Select(PriceModel (tiers) => new VolumePrice(tiers)),
        Gen.Select(Gen.Int[1, 400], Prices).Select(PriceModel (package) => new PackagePrice(package.Item1 / 4m, package.Item2)));

    private static readonly Gen<PriceModel> OfCost = Gen.OneOf(
        Gen.Select(Gen.Int[-20, 100], Prices).Select(PriceModel (markup) => new CostMarkup(markup.Item1, markup.Item2)),
        Tiers.Select(PriceModel (tiers) => new TieredMarkup(tiers)),
        Gen.Int[0, 100].Select(PriceModel (percent) => new PercentageOfCost(percent)),
        Gen.Const((PriceModel)new PassThrough()));

    private static readonly Gen<UsageLine> AnyLine = Gen.Select(
        Gen.OneOf(OfQuantity, OfCost), Gen.Enum<Aggregation>(), Gen.Enum<UsageGrouping>(), Gen.OneOf(0m, 10m, 33.3m), Gen.OneOf<decimal?>(null, 50, 123.45m), Gen.OneOf<decimal?>(null, 500, 1_000))
        .Select((pricing, aggregation, groupBy, included, minimum, maximum) => Use.Line(pricing, groupBy) with
        {
            Aggregation = aggregation,
            Included = included,
            Minimum = minimum,
            Maximum = maximum,
        });

    private static readonly Gen<UsageRecord[]> AnyUse = Gen.Select(Signed, Gen.Int[0, 29], Gen.OneOf("Storage", "Queue"), Gen.OneOf("Usage", "Usage", "Credit", "Tax"), Gen.OneOf<string?>("ann", "bob", null), Gen.OneOf("EUR", "EUR", "USD"))
        .Select((quantity, day, service, category, subject, currency) => Use.Of("", quantity) with
        {
            Day = Days.September.Start.AddDays(day),
            Service = service,
            Category = category,
            Subject = subject,
            Cost = quantity / 7,
            Currency = Core.Currency.Of(currency),
        })
        .Array[0, 12].Select(Numbered);

    [Fact]
    public void AddingUse_NeverLowersAGraduatedOrPerUnitPrice() => Gen.Select(
        Gen.OneOf(Prices.Select(PriceModel (price) => new PerUnitPrice(price)), Tiers.Select(PriceModel (tiers) => new GraduatedPrice(tiers))),
        Gen.OneOf(0m, 25m), Quantities.Array[1, 8], Quantities)
        .Sample(
            (pricing, included, quantities, more) =>
            {
                var line = Use.Line(pricing) with { Included = included };
                return line.Rate([.. quantities, more]).Total() >= line.Rate(quantities).Total();
            },
            iter: Cases);

    [Fact]
    public void AnyOrder_GivesTheSame() => Gen.Select(AnyLine, AnyUse).SelectMany(given => Gen.Shuffle(given.Item2).Select(shuffled => (Line: given.Item1, Use: given.Item2, shuffled))).Sample(
        given => Printed(given.Line.Rate([.. given.Use])) == Printed(given.Line.Rate([.. given.shuffled])), iter: Cases);

    [Fact]
    public void AnyUse_Conserves() => Gen.Select(AnyLine, AnyUse).Sample(
        (line, use) => Conservation.Violations(use, line.Rate([.. use]).Dispositions).Count == 0, iter: Cases);

    [Fact]
    public void SplittingARecordOfADay_LeavesASumAsItIs() => Gen.Select(Gen.OneOf(OfQuantity, OfCost), Gen.OneOf(0m, 10m, 33.3m), Signed.Array[1, 6], Gen.Int[-10, 20]).Sample(
        (pricing, included, quantities, tenths) =>
        {
            var line = Use.Line(pricing) with { Included = included };
            UsageRecord[] whole = Numbered([.. quantities.Select(quantity => Use.Of("", quantity) with { Cost = quantity })]);
            var part = quantities[0] * tenths / 10;
            UsageRecord[] split = [.. whole.Skip(1), whole[0] with { Quantity = part, Cost = part }, whole[0] with { Id = whole[0].Id with { ExternalId = "x" }, Quantity = quantities[0] - part, Cost = quantities[0] - part }];
            return line.Rate([.. whole]).Total() == line.Rate([.. split]).Total();
        },
        iter: Cases);

    [Fact]
    public void Graduated_IsContinuousAtBoundaries_ApartFromFlats() => Gen.Select(Tiers, Gen.Int[1, 1_000_000]).Sample(
        (tiers, step) =>
        {
            var (model, small) = (new GraduatedPrice(tiers), step / 1_000_000_000m);
            return Enumerable.Range(0, tiers.Count - 1).All(i =>
            {
                var boundary = tiers[i].UpTo!.Value;
                var rise = PriceModels.Price(model, boundary + small).Amount - PriceModels.Price(model, boundary).Amount;
                return rise == (small * tiers[i + 1].Price) + tiers[i + 1].Flat;
            });
        },
        iter: Cases);

    [Fact]
    public void TrueUp_MakesTheLineTheMinimumWhereUseIsBelowIt() => Gen.Select(OfQuantity, Signed.Array[0, 6], Gen.Int[0, 20_000_000].Select(n => n / 10_000m)).Sample(
        (pricing, quantities, minimum) =>
        {
            var line = Use.Line(pricing);
            var (least, use) = (Core.Rounding.ToMoney(minimum, Builders.Currencies.EUR).Amount, line.Rate(quantities).Total());
            var total = (line with { Minimum = minimum }).Rate(quantities).Total();
            return total == Math.Max(least, use);
        },
        iter: Cases);

    [Fact]
    public void Maximum_IsNeverExceeded() => Gen.Select(OfQuantity, Signed.Array[0, 6], Gen.Int[0, 100_000].Select(n => n / 100m)).Sample(
        (pricing, quantities, maximum) => (Use.Line(pricing) with { Maximum = maximum }).Rate(quantities).Total() == Math.Min(maximum, Use.Line(pricing).Rate(quantities).Total()),
        iter: Cases);

    [Fact]
    public void AVersionThatChangesNothing_ChangesNoSum() => Gen.Select(Gen.OneOf(OfQuantity, OfCost), Gen.OneOf(0m, 33.3m), AnyUse, Gen.Int[2, 30]).Sample(
        (pricing, included, use, day) =>
        {
            var line = Use.Line(pricing, UsageGrouping.None) with { Included = included };
            var changed = Use.Rate([("2024-01-01", [line]), ($"2024-09-{day:00}", [line])], [.. use]);

            // Each of the two parts is rounded once.
            return Math.Abs(changed.Total() - line.Rate([.. use]).Total()) <= 0.01m && Conservation.Violations(use, changed.Dispositions).Count == 0;
        },
        iter: Cases);

    [Fact]
    public void AnyLine_MultipliesToItsAmount() => Gen.Select(AnyLine, AnyUse).Sample(
        (line, use) => line.Rate([.. use]).Lines.All(rated => rated.UnitPrice.Extend(rated.Quantity) == rated.Amount), iter: Cases);

    private static UsageRecord[] Numbered(UsageRecord[] records) => [.. records.Select((record, i) => record with { Id = record.Id with { ExternalId = $"{i}" } })];

    private static string Printed(RatedPeriod rated) => System.Text.Json.JsonSerializer.Serialize(rated);
}
