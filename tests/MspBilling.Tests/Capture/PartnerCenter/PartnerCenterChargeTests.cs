using System.Text.Json.Nodes;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture.PartnerCenter;

/// <summary>How a line of Microsoft's becomes a charge, and what is refused.</summary>
public sealed class PartnerCenterChargeTests
{
    public static TheoryData<string, decimal, string, bool> Types => new()
    {
        { "new", 10m, "Purchase", true },
        { "Cycle fee", 10m, "Purchase", true },
        { "removeQuantity", -10m, "Adjustment", true },
        { "cancelImmediate", -10m, "Adjustment", true },
        { "customerCredit", -10m, "Credit", true },
        { "somethingNew", 10m, "Adjustment", false },
    };

    [Theory]
    [MemberData(nameof(Types))]
    public void InvoiceLine_OfAType_IsOfItsCategoryAndKeptWhereItIsNotKnown(string type, decimal amount, string category, bool isKnown)
    {
        var charge = Assert.IsType<UsageRecord>(Assert.Single(Lines("invoice-lines", PartnerTenant.Line(PartnerTenant.Contoso, "Contoso Ltd", 10, "CFQ7", "0001", type, 3, amount, "G1", "s-1", from: 16)).Records));

        Assert.Equal((category, amount, 3m), (charge.Category, charge.Cost, charge.Quantity));
        Assert.Equal(isKnown, charge.Tags!.All(tag => tag != "unknown-charge-type=" + type));
        Assert.Equal($"Microsoft 365 Business Premium, {type}, 2026-10-16 to 2026-10-31", charge.Description);
        Assert.Equal(("CFQ7:0001", new DateOnly(2026, 10, 16), PartnerTenant.Contoso), (charge.Sku, charge.Day, charge.SubAccountId));
    }

    [Fact]
    public void InvoiceLine_MeteredOfASubscriptionWithUsage_IsLeftToTheUsage()
    {
        var metered = PartnerTenant.Line(PartnerTenant.Contoso, "Contoso Ltd", 10, "DZH3", "006G", "New", 3, 9m, "G1", PartnerTenant.Plan, meter: "D4s v5");
        var reservation = PartnerTenant.Line(PartnerTenant.Contoso, "Contoso Ltd", 10, "DZH3", "00RI", "New", 1, 500m, "G1", PartnerTenant.Plan);

        Assert.Equal([500m], Lines("invoice-lines", [PartnerTenant.Plan], metered, reservation).Records.Cast<UsageRecord>().Select(charge => charge.Cost));
        Assert.Equal([9m, 500m], Lines("invoice-lines", ["another"], metered, reservation).Records.Cast<UsageRecord>().Select(charge => charge.Cost).Order());
    }

    [Fact]
    public void Usage_OfADay_IsGroupedByWhatItIsBilledBy()
    {
        JsonObject Row(string group, decimal pec, string? tags = null)
        {
            var row = PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 14, "5b7b", 1m, 0.1m, "G1", group: group, pec: pec);
            row["Tags"] = tags;
            return row;
        }

        var charges = Lines("usage", Row("rg-prod", 15), Row("RG-Prod", 15), Row("rg-test", 15), Row("rg-prod", 0), Row("rg-prod", 15, "\"env\": \"prod\""), Row("rg-prod", 15, "{ not json")).Records.Cast<UsageRecord>().ToList();

        // Of one group whatever its case, and with tags that are none.
        Assert.Equal([3m, 1m, 1m, 1m], charges.Select(charge => charge.Quantity).OrderDescending());
        var common = charges.Single(charge => charge.Quantity == 3);
        Assert.Equal(["subscription=Contoso Ltd Azure", "subscription-id=e-" + PartnerTenant.Contoso, "resource-group=rg-prod", "partner-earned-credit=15"], common.Tags);
        Assert.Equal(("Microsoft", "Virtual Machines", "Virtual Machines, Dsv5 Series, D4s v5, US East", "1 Hour", 0.3m), (common.Provider, common.Service, common.Description, common.Unit, common.Cost));
        Assert.Contains(charges, charge => charge.Tags!.Contains("env=prod"));
    }

    [Fact]
    public void Usage_InAnyOrderAndOfAnyInvoice_HasTheSameIds()
    {
        var unbilled = PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 14, "5b7b", 1m, 0.1m, "");
        var billed = PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 14, "5b7b", 2m, 0.2m, "G1", uri: "web07");
        var credit = PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 15, "5b7b", -1m, -0.1m, "G2");

        Assert.Equal(Lines("usage", unbilled).Records[0].Id, Lines("usage", billed).Records[0].Id);
        Assert.Equal(ConnectedPartner.Contents(Lines("usage", unbilled, billed, credit).Records), ConnectedPartner.Contents(Lines("usage", credit, billed, unbilled).Records));
        Assert.Equal([0.3m, -0.1m], Lines("usage", credit, billed, unbilled).Records.Cast<UsageRecord>().Select(charge => charge.Cost).OrderDescending());
    }

    [Theory]
    [InlineData("BillingCurrency", "\"EUR\"", "the page's currency, USD")]
    [InlineData("BillingPreTaxTotal", "\"a lot\"", "a number like 12.5, below a trillion")]
    [InlineData("UsageDate", "\"14 October\"", "a date like 2024-09-18")]
    [InlineData("CustomerId", "null", "a text")]
    public void Usage_ThatIsWrong_IsToldWithItsField(string field, string value, string expected)
    {
        var row = PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 14, "5b7b", 1m, 0.1m, "G1");
        row[field] = JsonNode.Parse(value);

        var read = Lines("usage", row);

        Assert.Empty(read.Records);
        Assert.Contains(read.Problems, problem => problem.Field == $"lines[0].{field}" && problem.Expected == expected);
    }

    [Fact]
    public void Page_WithALineThatCannotBeRead_TellsNothingOfItsDay()
    {
        var broken = PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 14, "5b7b", 1m, 0.1m, "G1");
        broken["Quantity"] = "many";
        var page = Page("usage", [], broken, PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 14, "9c01", 1m, 0.2m, "G1"), PartnerTenant.Usage(PartnerTenant.Contoso, "Contoso Ltd", 10, 15, "5b7b", 1m, 0.4m, "G1"));

        var read = ImportReader.ReadPage("page.json", "partnercenter-usage", new MemoryStream(page));

        Assert.Equal([0.4m], read.Records.Cast<UsageRecord>().Select(charge => charge.Cost));
        Assert.Equal("lines[0].Quantity", Assert.Single(read.Unreadable).Problem.Field);
    }

    private static ImportResult Lines(string feed, params JsonObject[] lines) => Lines(feed, [], lines);

    private static ImportResult Lines(string feed, string[] detailed, params JsonObject[] lines) =>
        ImportReader.Read("page.json", "partnercenter-" + feed, new MemoryStream(Page(feed, detailed, lines)));

    private static byte[] Page(string feed, string[] detailed, params JsonObject[] lines) => System.Text.Encoding.UTF8.GetBytes(new JsonObject
    {
        ["month"] = "2026-10",
        ["currency"] = "USD",
        ["detailedSubscriptions"] = feed == "usage" ? null : new JsonArray([.. detailed.Select(text => JsonValue.Create(text))]),
        ["lines"] = new JsonArray([.. lines.Select(line => line.DeepClone())]),
    }.ToJsonString());
}
