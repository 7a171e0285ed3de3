using CsCheck;
using MspBilling.Core.Capture;
using MspBilling.Core.Reports;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Reports;

/// <summary>What holds of every reconciliation, whatever is bought, used and sold.</summary>
public sealed class ReconciliationProperties
{
    private const int Cases = 500;

    private static readonly string[] Skus = ["M365BP", "M365BS", "EXO", "BKP"];

    private static readonly Gen<Activity> Any = Gen.Select(Gen.Int[0, 5], Gen.Int[0, 3], Gen.Int[0, 50], Gen.Int[1, 30], Gen.Int[0, 1]).Select(Activity (kind, sku, quantity, day, other) => kind switch
    {
        0 => Sides.Purchase("", quantity, 18, "V-" + Skus[sku], Skus[sku], Day(day), other == 0 ? "Microsoft" : "Pax8"),
        1 => Sides.Seats("", quantity, Day(day), "V-" + Skus[sku]),
        2 => Sides.Count("", quantity, other == 0 ? "rmm" : "edr", Skus[sku], Skus[sku], Day(day)),
        3 => Sides.Purchase("", quantity - 25, 10, Skus[sku], Skus[sku], Day(day)),
        4 => Sides.Sold("", quantity, 26.40m - sku, Skus[sku], Skus[sku]) with { InForce = other == 0 ? Days.From("2024-01-01") : Days.Between("2024-01-01", Day(day)) },
        _ => Records.Device("", Skus[sku]),
    });

    private static readonly Gen<IReadOnlyList<Activity>> Months = Any.List[0, 12].Select(IReadOnlyList<Activity> (list) => [.. list.Select((activity, i) => activity with { Id = activity.Id with { ExternalId = $"{i}" } })]);

    private static readonly Gen<IReadOnlyList<CapturedRecord>> Names = Gen.Bool.Array[8].Select(IReadOnlyList<CapturedRecord> (which) =>
        [.. Skus.SelectMany((sku, i) => new[] { Sides.Product("V-" + sku, sku), Sides.Product("V-" + sku, Skus[(i + 1) % 4], "Pax8") }).Where((_, i) => which[i])]);

    [Fact]
    public void AnyMapping_NeverChangesATotalOfTheVendorsSide() => Gen.Select(Months, Names).Sample(
        (activities, names) =>
        {
            var (without, with) = (Reconcile([], activities).Products, Reconcile(names, activities).Products);

            Assert.Equal(Totals(without), Totals(with));
            var bought = activities.OfType<UsageRecord>().ToList();
            Assert.Equal((bought.Sum(purchase => purchase.Quantity), bought.Sum(purchase => purchase.Cost)), (Totals(with).Billed, Totals(with).Cost));
            Assert.Equal(
                activities.OfType<Addition>().Where(addition => addition.InForce.Contains(Days.On("2024-09-30"))).Sum(addition => addition.Quantity), with.Sum(row => row.Agreed ?? 0));
        },
        iter: Cases);

    [Fact]
    public void AnyOrder_GivesTheSame() => Gen.Select(Months, Names, Gen.Int).Sample(
        (activities, names, seed) =>
        {
            Activity[] shuffled = [.. activities];
            new Random(seed).Shuffle(shuffled);

            Assert.Equal(Json(Reconcile(names, activities)), Json(Reconcile([.. names.Reverse()], shuffled)));
        },
        iter: Cases);

    // Whatever is accepted and whatever the thresholds are, what was found is open, accepted or below, and nothing is in two of them.
    [Fact]
    public void AnyThresholdsAndAcceptances_LoseNothing() => Gen.Select(Months, Names, Gen.Int[0, 40], Gen.Int[0, 200], Gen.Bool.Array[16]).Sample(
        (activities, names, quantity, amount, which) =>
        {
            var all = Reconcile(names, activities).Open;
            var accepted = all.Where((_, i) => which[i % 16]).Select(item => Sides.Accepted(item.Product, item.Kind, item.Difference));
            var settings = ReconciliationSettings.Default with { Thresholds = [new ReconciliationThreshold(Quantity: quantity + 1, Amount: amount + 1)] };

            var reconciled = Sides.Reconcile(Sides.References(settings: settings, others: [.. names, .. accepted.DistinctBy(acceptance => acceptance.Id)]), activities);

            Assert.Equal(
                all.Select(Key).Order(StringComparer.Ordinal), reconciled.Open.Concat(reconciled.Below).Concat(reconciled.Accepted.Select(item => item.Discrepancy)).Select(Key).Order(StringComparer.Ordinal));
            Assert.All(all, item => Assert.True(item.Difference > 0 && item.Percent > 0 && item.Actions[^1].Do == SettlingKind.Accept));
            Assert.Equal(all.Count, all.DistinctBy(item => (item.Product, item.Kind)).Count());
        },
        iter: Cases);

    private static ClientReconciliation Reconcile(IReadOnlyList<CapturedRecord> names, IReadOnlyList<Activity> activities) => Sides.Reconcile(Sides.References(others: names), activities);

    private static (decimal Billed, decimal Seats, decimal Cost) Totals(IReadOnlyList<ReconciledProduct> rows)
    {
        var vendors = rows.SelectMany(row => row.Vendors).ToList();
        return (vendors.Sum(vendor => vendor.Billed), vendors.Sum(vendor => vendor.Seats ?? 0), vendors.Sum(vendor => vendor.Costs.Sum(cost => cost.Amount)));
    }

    private static string Key(Discrepancy item) => $"{item.Product} {item.Kind} {item.Difference} {item.Worth}";

    private static string Json(ClientReconciliation reconciled) => System.Text.Encoding.UTF8.GetString(RecordJson.Serialize(App.Reports.ShownReconciliation.Of(ReconciliationReport.Of(Days.September, [reconciled]))));

    private static string Day(int day) => $"2024-09-{day:00}";
}
