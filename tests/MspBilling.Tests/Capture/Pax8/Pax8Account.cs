using System.Text.Json.Nodes;

namespace MspBilling.Tests.Capture.Pax8;

/// <summary>What Pax8 has of a partner, in the shape of its interface's examples.</summary>
internal sealed class Pax8Account
{
    public const string Contoso = "9ba32659-d339-4539-be21-000000000001";
    public const string Fabrikam = "9ba32659-d339-4539-be21-000000000002";

    /// <summary>Noon of 23 November 2026.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public List<JsonObject> Companies { get; } = [];

    public List<JsonObject> Products { get; } = [];

    public List<JsonObject> Subscriptions { get; } = [];

    public List<JsonObject> Invoices { get; } = [];

    /// <summary>By the invoice's id.</summary>
    public Dictionary<string, List<JsonObject>> Items { get; } = [];

    /// <summary>By the subscription's id.</summary>
    public Dictionary<string, List<JsonObject>> Summaries { get; } = [];

    /// <summary>By the summary's id.</summary>
    public Dictionary<string, List<JsonObject>> UsageLines { get; } = [];

    public static Pax8Account WithEverything()
    {
        var account = new Pax8Account();
        account.Companies.AddRange([Company(Contoso, "Contoso Ltd"), Company(Fabrikam, "Fabrikam GmbH")]);
        account.Products.AddRange([Product("p-premium", "MST-NCE-11-C100"), Product("p-azure", "MST-AZR-PLAN")]);
        account.Subscriptions.AddRange(
        [
            Subscription("s-1", Contoso, "p-premium", 40, "Active"), Subscription("s-2", Contoso, "p-premium", 2, "PendingCancel"), Subscription("s-3", Contoso, "p-azure", 1, "Cancelled"),
            Subscription("s-4", Fabrikam, "p-premium", 5, "Active"), Subscription("s-5", Fabrikam, "p-gone", 3, "Active"),
        ]);
        account.AddInvoice("i-09", 9);
        account.AddInvoice("i-10", 10);
        account.AddInvoice("i-11", 11);
        account.Summaries["s-3"] = [Summary("u-1", Contoso, "s-3")];
        account.UsageLines["u-1"] = [Usage("2026-11-20", "Virtual Machines", 24m, 3.92m), Usage("2026-11-20", "Storage", 10.5m, 0.000123m), Usage("2026-11-21", "Virtual Machines", 12m, 1.96m)];
        return account;
    }

    /// <summary>An invoice of the 1st with what it charges both companies.</summary>
    public void AddInvoice(string id, int month)
    {
        Invoices.Add(new JsonObject
        {
            ["id"] = id,
            ["total"] = 1000.00m,
            ["currencyCode"] = "USD",
            ["balance"] = 500.00m,
            ["carriedBalance"] = 0,
            ["status"] = "Unpaid",
            ["invoiceDate"] = $"2026-{month:00}-01",
            ["dueDate"] = $"2026-{month:00}-15",
            ["partnerName"] = "Acme MSP",
        });
        Items[id] =
        [
            Item("a", Contoso, "Contoso Ltd", month, "subscription", 42, 846.30m),
            Item("b", Contoso, "Contoso Ltd", month, "prorate", 2, 20.15m, day: 16),
            Item("c", Contoso, "Contoso Ltd", month, "service-credit", 1, -12.5m),
            Item("d", Contoso, "Contoso Ltd", month, "subscription", 1, 9.79m, term: "Arrears", sku: "MST-AZR-PLAN"),
            Item("e", Fabrikam, "Fabrikam GmbH", month, "subscription", 5, 100.75m),
            Item("f", Fabrikam, "Fabrikam GmbH", month, "subscription", 9, 999m, billedByPax8: true),
        ];
    }

    /// <param name="id">Null for an item as the interface's own example shows it: without one.</param>
    public static JsonObject Item(
        string? id, string? company, string? name, int month, string type, decimal quantity, decimal cost, int day = 1, string term = "Monthly", string sku = "MST-NCE-11-C100", bool billedByPax8 = false)
    {
        var item = new JsonObject
        {
            ["type"] = type,
            ["purchaseOrderNumber"] = "N/A",
            ["companyId"] = company,
            ["companyName"] = name,
            ["startPeriod"] = $"2026-{month:00}-{day:00}",
            ["endPeriod"] = $"2026-{month:00}-{DateTime.DaysInMonth(2026, month)}",
            ["quantity"] = quantity,
            ["unitOfMeasure"] = "User",
            ["term"] = term,
            ["sku"] = sku,
            ["description"] = "Microsoft 365 Business Premium",
            ["rateType"] = "flat",
            ["chargeType"] = "per",
            ["price"] = 26.40m,
            ["subTotal"] = 1108.80m,
            ["cost"] = 20.15m,
            ["costTotal"] = cost,
            ["offeredBy"] = "Pax8",
            ["billedByPax8"] = billedByPax8,
            ["total"] = 1108.80m,
            ["productId"] = "p-premium",
            ["productName"] = "Microsoft 365 Business Premium",
            ["billingFee"] = 0,
            ["billingFeeRate"] = 0,
            ["amountDue"] = cost,
            ["currencyCode"] = "USD",
            ["salesTax"] = 0,
            ["subscriptionId"] = "s-1",
            ["vendorName"] = "Microsoft",
        };
        if (id is not null)
            item["id"] = id;
        return item;
    }

    public static JsonObject Usage(string day, string product, decimal quantity, decimal cost) => new()
    {
        ["usageSummaryId"] = "u-1",
        ["usageDate"] = day,
        ["productName"] = product,
        ["productId"] = "m-" + product,
        ["unitOfMeasure"] = "Hours",
        ["quantity"] = quantity,
        ["currentCharges"] = 4.61m,
        ["currentProfit"] = 0.69m,
        ["partnerTotal"] = cost,
        ["unitPrice"] = 0.192m,
        ["currencyCode"] = "USD",
        ["isTrial"] = false,
    };

    public static JsonObject Subscription(string id, string company, string product, decimal quantity, string status) => new()
    {
        ["id"] = id,
        ["companyId"] = company,
        ["productId"] = product,
        ["quantity"] = quantity,
        ["startDate"] = "2026-01-01T08:30:00Z",
        ["createdDate"] = "2025-12-03",
        ["billingStart"] = "2026-01-01",
        ["status"] = status,
        ["price"] = 26.40m,
        ["partnerCost"] = 20.15m,
        ["currencyCode"] = "USD",
        ["productName"] = "Microsoft 365 Business Premium",
        ["billingTerm"] = "Monthly",
        ["vendorSkuId"] = "CFQ7TTC0LH18:0001",
    };

    private static JsonObject Summary(string id, string company, string subscription) => new()
    {
        ["id"] = id,
        ["companyId"] = company,
        ["subscriptionId"] = subscription,
        ["productId"] = "p-azure",
        ["resourceGroup"] = "rg-prod",
        ["vendorName"] = "Microsoft",
        ["currentCharges"] = 9.22m,
        ["currencyCode"] = "USD",
        ["partnerTotal"] = 5.88m,
        ["isTrial"] = false,
    };

    private static JsonObject Company(string id, string name) => new() { ["id"] = id, ["name"] = name, ["status"] = "Active", ["externalId"] = "A123", ["updatedDate"] = "2026-08-11T11:33:12.314-0600" };

    private static JsonObject Product(string id, string sku) => new() { ["id"] = id, ["name"] = "Microsoft 365 Business Premium", ["vendorName"] = "Microsoft", ["sku"] = sku, ["vendorSku"] = "CFQ7TTC0LH18:0001" };
}
