using System.Globalization;
using System.Text;

namespace MspBilling.Local.Sample;

/// <summary>A month of Azure usage as a FOCUS 1.0 export writes it: text quoted, numbers bare, NULL as a word, one row a resource and day.</summary>
internal static class SampleAzureExport
{
    // The columns of the real export that is among the sample's files, in its order.
    private const string Header =
        "AvailabilityZone BilledCost BillingAccountId BillingAccountName BillingCurrency BillingPeriodEnd BillingPeriodStart ChargeCategory ChargeClass " +
        "ChargeDescription ChargeFrequency ChargePeriodEnd ChargePeriodStart CommitmentDiscountCategory CommitmentDiscountId CommitmentDiscountName " +
        "CommitmentDiscountStatus CommitmentDiscountType ConsumedQuantity ConsumedUnit ContractedCost ContractedUnitPrice EffectiveCost InvoiceIssuerName " +
        "ListCost ListUnitPrice PricingCategory PricingQuantity PricingUnit ProviderName PublisherName RegionId RegionName ResourceId ResourceName " +
        "ResourceType ServiceCategory Id ServiceName SkuId SkuPriceId SubAccountId SubAccountName Tags";

    private const string Null = "NULL";
    private const int FirstId = 7_400_001;

    // Microsoft's euro prices lie a little under its dollar prices.
    private const decimal EurosForDollar = 0.925m;

    private static readonly DateOnly Start = new(2024, 9, 1);
    private static readonly DateOnly End = new(2024, 10, 1);

    public static SampleFile File()
    {
        var random = new SampleRandom(FirstId);
        var csv = new StringBuilder();
        Line(csv, Header.Split(' ').Select(Text));
        var id = FirstId;
        foreach (var charge in SampleAzureResources.Subscriptions.SelectMany(subscription => Charges(subscription, random)))
            Line(csv, Row(charge, id++));
        return new SampleFile("focus-azure-2024-09.csv", Encoding.UTF8.GetBytes(csv.ToString()));
    }

    private static IEnumerable<Charge> Charges(AzureSubscription subscription, SampleRandom random)
    {
        foreach (var resource in subscription.Resources)
        {
            var parts = resource.Split(' ');
            var meter = SampleAzureResources.Meters.Single(each => each.Key == parts[0]);
            var (name, begins) = parts[1].Split('@') is [var named, var day] ? (named, Start.AddDays(Number(day) - 1)) : (parts[1], Start);
            var usual = decimal.Parse(parts[2], CultureInfo.InvariantCulture);
            var price = subscription.Currency == "EUR" ? meter.Dollars * EurosForDollar : meter.Dollars;
            for (var date = begins; date < End; date = date.AddDays(1))
            {
                // Whole days, disks and protected machines do not vary; use goes up and down by a tenth.
                var steady = meter.Unit == "Units/Month" || usual % 24 == 0;
                yield return new Charge(subscription, meter, name, date, steady ? usual : usual * random.Between(900, 1_100) / 1_000m, price);
            }
        }

        if (subscription.Credit != 0)
        {
            var meter = SampleAzureResources.Meters.Single(each => each.Key == "d4");
            yield return new Charge(subscription, meter, "", End.AddDays(-1), 1m, subscription.Credit, IsCredit: true);
        }
    }

    private static IEnumerable<string> Row(Charge charge, int id)
    {
        var (subscription, meter) = (charge.Subscription, charge.Meter);
        var cost = Number(charge.Quantity * charge.Price, 11);
        var group = "/resourcegroups/rg-" + (subscription.Client ?? "test").ToLowerInvariant();

        // A credit has an amount and no quantity, no unit price and no resource.
        string OfUsage(string cell) => charge.IsCredit ? Null : cell;
        string Either(string credit, string usage) => Text(charge.IsCredit ? credit : usage);
        return
        [
            Null, cost, Text("/providers/Microsoft.Billing/billingAccounts/" + (subscription.Currency == "EUR" ? "7204411" : "7204412")),
            Text("Harbourlight Managed IT Ltd"), Text(subscription.Currency), Moment(End), Moment(Start), Either("Credit", "Usage"), Null,
            Either("Service level credit - Virtual Machines, August 2024", $"{meter.Description} - {subscription.RegionName}"),
            Either("One-Time", "Usage-Based"), Moment(charge.Date.AddDays(1)), Moment(charge.Date), Null, Null, Null, Null, Null,
            OfUsage(Number(charge.Quantity, 15)), OfUsage(Text(meter.Unit)), cost, OfUsage(Number(charge.Price, 11)), cost, Text("Microsoft"), cost,
            OfUsage(Text(charge.Price.ToString("0.###########", CultureInfo.InvariantCulture))), Either("Other", "Standard"),
            charge.IsCredit ? Number(0m, 11) : Number(charge.Quantity, 11), Text(meter.Unit), Text("Microsoft"), Text("Microsoft"),
            Text(subscription.RegionId), Text(subscription.RegionName),
            OfUsage(Text($"{subscription.SubAccountId}{group}/providers/{meter.ProviderPath}/{charge.ResourceName}")),
            OfUsage(Text(charge.ResourceName)), OfUsage(Text(meter.ResourceType)), Text(meter.Category),
            id.ToString(CultureInfo.InvariantCulture), Text(meter.Service), Text(meter.Sku), OfUsage(Text(meter.Sku)), Text(subscription.SubAccountId),
            Text(subscription.Name), subscription.Client is null ? Null : Text($$"""{"client": "{{subscription.Client}}", "env": "prod"}"""),
        ];
    }

    private static void Line(StringBuilder csv, IEnumerable<string> cells) => csv.AppendJoin(',', cells).Append('\n');

    private static string Text(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Number(decimal number, int places) => number.ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    private static string Moment(DateOnly date) => Text(date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + " 00:00:00");

    private sealed record Charge(
        AzureSubscription Subscription, AzureMeter Meter, string ResourceName, DateOnly Date, decimal Quantity, decimal Price, bool IsCredit = false);
}
