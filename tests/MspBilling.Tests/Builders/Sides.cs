using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Reports;

namespace MspBilling.Tests.Builders;

/// <summary>The sides of a reconciliation: Microsoft 365 Business Premium, sold as M365BP at 26.40 EUR a month and bought at 18.00 USD.</summary>
internal static class Sides
{
    public const string Sku = "M365BP";
    public const string VendorSku = "CFQ7TTC0LCHC:0002";
    public const string Name = "Microsoft 365 Business Premium";

    public static UsageRecord Purchase(string id, decimal quantity, decimal unitCost = 18, string sku = VendorSku, string name = Name + " (NCE) P1Y", string day = "2024-09-01", string provider = "Microsoft") => new()
    {
        Id = new RecordId(provider == "Microsoft" ? "partnercenter" : "pax8", RecordKind.Usage, id),
        Provider = provider,
        SubAccountId = "tenant-1",
        Category = "Purchase",
        Service = "Licences",
        Sku = sku,
        Description = name,
        Day = Days.On(day),
        Quantity = quantity,
        Cost = quantity * unitCost,
        Currency = Currencies.USD,
    };

    /// <summary>Seats where the source is a marketplace's, else what is in use.</summary>
    public static Count Count(string id, decimal quantity, string source, string sku, string name = Name, string day = "2024-09-30") => new()
    {
        Id = new RecordId(source, RecordKind.Count, id),
        CompanyId = Records.ClientId,
        CompanyName = "Corrib Foods",
        Sku = sku,
        Description = name,
        Day = Days.On(day),
        Quantity = quantity,
    };

    public static Count Seats(string id, decimal quantity, string day = "2024-09-30", string sku = VendorSku) => Count(id, quantity, "partnercenter", sku, day: day);

    public static Count InUse(string id, decimal quantity, string day = "2024-09-30", string source = "rmm") => Count(id, quantity, source, Sku, day: day);

    public static Addition Sold(string id, decimal quantity, decimal price = 26.40m, string sku = Sku, string name = Name) =>
        Records.Addition(id, quantity, price) with { Sku = sku, Description = name };

    public static Mapping Product(string from = VendorSku, string to = Sku, string source = "Microsoft") => new()
    {
        Id = Mapping.IdOf(MappedThing.Product, source, from),
        Revision = Days.At("2024-09-01T09:00:00Z"),
        What = MappedThing.Product,
        Source = source,
        From = from,
        To = to,
        By = "Nora Kelly",
    };

    public static Acceptance Accepted(string product, DiscrepancyKind kind, decimal upTo, string? until = null) => new()
    {
        Id = Acceptance.IdOf(Records.ClientId, product, kind),
        ClientId = Records.ClientId,
        Product = product,
        Kind = kind,
        UpTo = upTo,
        Until = until is null ? null : Days.On(until),
        By = "Nora Kelly",
        Why = "spares",
    };

    public static IReadOnlyList<CapturedRecord> References(IReadOnlyList<AgreementLine>? lines = null, ReconciliationSettings? settings = null, params IEnumerable<CapturedRecord> others) =>
    [
        Records.Settings with { AgreementTypes = [new AgreementType(Records.TypeName, lines ?? [Lines.Additions()])], Reconciliation = settings }, Records.Company(), Records.Agreement(), .. others,
    ];

    /// <summary>September of the client, billed as a close would and reconciled.</summary>
    public static ClientReconciliation Reconcile(IReadOnlyCollection<CapturedRecord> references, IReadOnlyList<Activity> activities)
    {
        var directory = ClientDirectory.Of(references);
        var bill = ClientBilling.Bill(directory, Records.ClientId, Days.September, Days.September.End, activities);
        return Reconciliation.Of(directory, references).Client(bill, activities);
    }

    /// <summary>With the vendor's product mapped.</summary>
    public static ClientReconciliation Reconcile(params IReadOnlyList<Activity> activities) => Reconcile(References(others: [Product()]), activities);

    /// <summary><c>UnderBilled 5 132.00 EUR, 90.00 USD</c>, one after another.</summary>
    public static string Text(this IEnumerable<Discrepancy> discrepancies) => string.Join("; ", discrepancies.Select(item =>
        string.Create(CultureInfo.InvariantCulture, $"{item.Kind} {item.Difference:0.##} {Of(item.Revenue)}, {Of(item.Cost)}")));

    private static string Of(Money? amount) => amount?.ToString() ?? "-";
}
