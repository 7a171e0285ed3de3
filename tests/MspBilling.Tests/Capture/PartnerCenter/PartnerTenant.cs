using System.Globalization;
using System.Text.Json.Nodes;

namespace MspBilling.Tests.Capture.PartnerCenter;

/// <summary>What Microsoft has of a partner: customers with subscriptions, invoices, and the lines of exports, in the shape in which they were recorded.</summary>
internal sealed class PartnerTenant
{
    public const string Contoso = "c7a1d2e0-4b5c-4d6e-8f70-112233445501";
    public const string Fabrikam = "c7a1d2e0-4b5c-4d6e-8f70-112233445502";
    public const string Plan = "1f0c6a52-0000-4000-8000-000000000001";
    public const string Licence = "307628f1-d9d2-f09c-ea1f-000000000001";

    /// <summary>Noon of 23 November 2026.</summary>
    public static readonly DateTimeOffset Now = new(2026, 11, 23, 12, 0, 0, TimeSpan.Zero);

    public List<JsonObject> Customers { get; } = [];

    public Dictionary<string, List<JsonObject>> Subscriptions { get; } = [];

    public List<JsonObject> Invoices { get; } = [];

    /// <summary>Lines by <c>usage</c> or <c>reconciliation</c> and the invoice's id, or <c>current USD</c>, <c>last USD</c>.</summary>
    public Dictionary<(string Kind, string Of), List<JsonObject>> Lines { get; } = [];

    /// <summary>September and October billed, November unbilled, for two customers.</summary>
    public static PartnerTenant WithEverything()
    {
        var tenant = new PartnerTenant();
        tenant.AddCustomer(Contoso, "Contoso Ltd", ("CFQ7TTC0LH18:0001:CFQ7TTC0KPWZ", 42, "active"), ("CFQ7TTC0LH18:0001:CFQ7TTC0XXXX", 3, "suspended"), ("CFQ7TTC0LHSF:0002:CFQ7TTC0J1GB", 7, "expired"));
        tenant.AddCustomer(Fabrikam, "Fabrikam GmbH", ("CFQ7TTC0LH18:0001:CFQ7TTC0KPWZ", 5, "active"));
        tenant.Subscriptions[Contoso].Add(Subscription("plan-1", "DZH318Z0BPS6:0001:DZH318Z0BML6", 1, "active", "Usage-based"));
        foreach (var (month, invoice) in new[] { (9, "G031809009"), (10, "G031809010") })
        {
            tenant.AddInvoice(invoice, month);
            tenant.AddMonth(invoice, month);
        }

        tenant.AddInvoice("D0200000AB", 10, type: "Recurring");
        tenant.AddMonth("current USD", 11);
        return tenant;
    }

    public void AddInvoice(string id, int month, string type = "OneTime", string currency = "USD") => Invoices.Add(new JsonObject
    {
        ["id"] = id,
        ["invoiceDate"] = $"2026-{month + 1:00}-08T00:00:00Z",
        ["billingPeriodStartDate"] = $"2026-{month:00}-01T00:00:00Z",
        ["billingPeriodEndDate"] = $"2026-{month:00}-{DateTime.DaysInMonth(2026, month)}T00:00:00Z",
        ["totalCharges"] = 1234.56m,
        ["paidAmount"] = 0.0m,
        ["currencyCode"] = currency,
        ["documentType"] = "Invoice",
        ["invoiceType"] = type,
        ["attributes"] = new JsonObject { ["objectType"] = "Invoice" },
    });

    /// <summary>A month of usage of both customers and the lines of its invoice, those of the usage among them.</summary>
    public void AddMonth(string of, int month)
    {
        var number = of.StartsWith('G') ? of : "";
        Lines[("usage", of)] =
        [
            Usage(Contoso, "Contoso Ltd", month, 14, "5b7b", 24.0m, 3.9168m, number),
            Usage(Contoso, "Contoso Ltd", month, 14, "5b7b", 12.0m, 1.9584m, number, uri: "web02"),
            Usage(Contoso, "Contoso Ltd", month, 15, "5b7b", 24.0m, 3.9168m, number),
            Usage(Contoso, "Contoso Ltd", month, 15, "9c01", 1.5m, 0.000000123456m, number),
            Usage(Fabrikam, "Fabrikam GmbH", month, 2, "5b7b", 1.0m, 0.25m, number, plan: "plan-of-fabrikam"),
        ];
        Lines[("reconciliation", of)] =
        [
            // The usage's own lines by product: 9.79 rounded down, which the usage above tells.
            Line(Contoso, "Contoso Ltd", month, "DZH318Z0BNZ5", "006G", "New", 61.5m, 9.79m, number, Plan, meter: "D4s v5"),
            Line(Contoso, "Contoso Ltd", month, "CFQ7TTC0LH18", "0001", "renew", 42, 845.88m, number, Licence),
            Line(Contoso, "Contoso Ltd", month, "CFQ7TTC0LH18", "0001", "addQuantity", 2, 20.14m, number, Licence, from: 16),
            Line(Contoso, "Contoso Ltd", month, "CFQ7TTC0LH18", "0001", "customerCredit", 1, -12.5m, number, Licence),
            Line(Fabrikam, "Fabrikam GmbH", month, "CFQ7TTC0LH18", "0001", "cycleCharge", 5, 100.70m, number, "licence-of-fabrikam"),
            Line(Fabrikam, "Fabrikam GmbH", month, "DZH318Z0SAAS", "0003", "New", 1000, 30m, number, "saas-of-fabrikam", meter: "Messages sent"),
        ];
    }

    public static JsonObject Usage(
        string customer, string name, int month, int day, string meter, decimal quantity, decimal cost, string invoice, string uri = "web01", string plan = Plan, string group = "RG-PROD", decimal pec = 15) => new()
        {
            ["PartnerId"] = "aab3f2c1-0000-4000-8000-0000000000aa",
            ["PartnerName"] = "Acme MSP",
            ["CustomerId"] = customer,
            ["CustomerName"] = name,
            ["CustomerDomainName"] = "example.onmicrosoft.com",
            ["CustomerCountry"] = "US",
            ["MpnId"] = "1234567",
            ["InvoiceNumber"] = invoice,
            ["ProductId"] = "DZH318Z0BNZ5",
            ["SkuId"] = "006G",
            ["SkuName"] = "D4s v5",
            ["ProductName"] = "Virtual Machines",
            ["PublisherName"] = "Microsoft",
            ["SubscriptionDescription"] = "Azure plan",
            ["SubscriptionId"] = plan,
            ["ChargeStartDate"] = $"2026-{month:00}-01T00:00:00Z",
            ["ChargeEndDate"] = $"2026-{month:00}-{DateTime.DaysInMonth(2026, month)}T00:00:00Z",
            ["UsageDate"] = $"2026-{month:00}-{day:00}T00:00:00Z",
            ["MeterType"] = "1 Compute Hour",
            ["MeterCategory"] = "Virtual Machines",
            ["MeterId"] = meter,
            ["MeterSubCategory"] = "Dsv5 Series",
            ["MeterName"] = "D4s v5",
            ["MeterRegion"] = "US East",
            ["Unit"] = "1 Hour",
            ["ResourceGroup"] = group,
            ["ResourceURI"] = $"/subscriptions/e-{customer}/resourceGroups/{group}/providers/Microsoft.Compute/virtualMachines/{uri}",
            ["ChargeType"] = "new",
            ["UnitPrice"] = 0.192m,
            ["Quantity"] = quantity,
            ["UnitType"] = "",
            ["BillingPreTaxTotal"] = cost,
            ["BillingCurrency"] = "USD",
            ["PricingPreTaxTotal"] = cost,
            ["PricingCurrency"] = "USD",
            ["Tags"] = "{\"env\":\"prod\"}",
            ["AdditionalInfo"] = null,
            ["EffectiveUnitPrice"] = 0.1632m,
            ["PCToBCExchangeRate"] = 1.0m,
            ["EntitlementId"] = "e-" + customer,
            ["EntitlementDescription"] = name + " Azure",
            ["PartnerEarnedCreditPercentage"] = pec,
            ["CreditType"] = "Partner Earned Credit Applied",
        };

    public static JsonObject Line(
        string customer, string name, int month, string product, string sku, string type, decimal quantity, decimal subtotal, string invoice, string subscription, string? meter = null, int from = 1) => new()
        {
            ["PartnerId"] = "aab3f2c1-0000-4000-8000-0000000000aa",
            ["CustomerId"] = customer,
            ["CustomerName"] = name,
            ["InvoiceNumber"] = invoice,
            ["OrderId"] = "0ET2qaZvJGfF9wgSKnWzR5JLmhp10lOc1",
            ["OrderDate"] = $"2026-{month:00}-01T00:00:00Z",
            ["ProductId"] = product,
            ["SkuId"] = sku,
            ["SkuName"] = "Microsoft 365 Business Premium",
            ["ProductName"] = "Microsoft 365 Business Premium",
            ["ChargeType"] = type,
            ["UnitPrice"] = 20.14m,
            ["Quantity"] = quantity,
            ["Subtotal"] = subtotal,
            ["TaxTotal"] = 0.0m,
            ["Total"] = subtotal,
            ["Currency"] = "USD",
            ["PublisherName"] = "Microsoft",
            ["SubscriptionDescription"] = meter is null ? "Microsoft 365 Business Premium" : "Azure plan",
            ["SubscriptionId"] = subscription,
            ["ChargeStartDate"] = $"2026-{month:00}-{from:00}T00:00:00Z",
            ["ChargeEndDate"] = $"2026-{month:00}-{DateTime.DaysInMonth(2026, month)}T00:00:00Z",
            ["TermAndBillingCycle"] = "1 Year commitment for monthly/yearly billing",
            ["EffectiveUnitPrice"] = 20.14m,
            ["UnitType"] = "Licenses",
            ["BillableQuantity"] = quantity,
            ["BillingFrequency"] = "Monthly",
            ["MeterDescription"] = meter,
            ["ReservationOrderId"] = "",
            ["CreditReasonCode"] = null,
        };

    private void AddCustomer(string id, string name, params (string Offer, decimal Quantity, string Status)[] subscriptions)
    {
        Customers.Add(new JsonObject
        {
            ["id"] = id,
            ["companyProfile"] = new JsonObject { ["tenantId"] = id, ["domain"] = "example.onmicrosoft.com", ["companyName"] = name },
            ["relationshipToPartner"] = "reseller",
            ["attributes"] = new JsonObject { ["objectType"] = "Customer" },
        });
        Subscriptions[id] = [.. subscriptions.Select((s, index) => Subscription(string.Create(CultureInfo.InvariantCulture, $"s{index}-{id}"), s.Offer, s.Quantity, s.Status, "Licenses"))];
    }

    private static JsonObject Subscription(string id, string offer, decimal quantity, string status, string unit) => new()
    {
        ["id"] = id,
        ["offerId"] = offer,
        ["offerName"] = "Microsoft 365 Business Premium",
        ["friendlyName"] = "M365 BP",
        ["quantity"] = quantity,
        ["unitType"] = unit,
        ["status"] = status,
        ["billingType"] = unit == "Licenses" ? "license" : "usage",
        ["billingCycle"] = "monthly",
        ["termDuration"] = "P1Y",
        ["isTrial"] = false,
    };
}
