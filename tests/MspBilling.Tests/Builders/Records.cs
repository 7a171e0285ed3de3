using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;

namespace MspBilling.Tests.Builders;

/// <summary>Captured records with fixed defaults: everything is company 250's, on agreement 101, in September 2024, in euro.</summary>
internal static class Records
{
    public const string CompanyId = "250";
    public const string ClientId = "cw-250";
    public const string AgreementId = "101";
    public const string TypeName = "Gold";

    public static MspSettings Settings { get; } = new()
    {
        Id = new RecordId("msp", RecordKind.MspSettings, "settings"),
        Name = "Harbour IT",
        BrandColor = "#0F766E",
        HomeCurrency = Currencies.EUR,
        InvoiceNumberPattern = "HL-{0:000000}",
        FirstInvoiceNumber = 1,
        ApprovedTimeStatuses = ["Approved"],
        CurrencyNames = new Dictionary<string, Currency> { ["Euro"] = Currencies.EUR, ["US Dollar"] = Currencies.USD },
        TaxJurisdictions = [new TaxJurisdiction("IE", "Ireland", null, [new TaxRate("VAT 23 %", 23, Days.From("2021-03-01"))])],
        DefaultTimeZone = "Europe/Dublin",
        DefaultLanguage = "en-IE",
    };

    public static Company Company(string id = CompanyId, string name = "Corrib Foods") => new()
    {
        Id = new RecordId("connectwise", RecordKind.Company, id),
        Identifier = "CO" + id,
        Name = name,
        TaxCode = "IE",
    };

    public static PsaAgreement Agreement(string id = AgreementId, string name = "Gold support") => new()
    {
        Id = new RecordId("connectwise", RecordKind.Agreement, id),
        CompanyId = CompanyId,
        Name = name,
        TypeName = TypeName,
        Term = Days.From("2024-01-01"),
        Prorate = true,
    };

    public static AgreementRoleRate RoleRate(string roleId, decimal hourlyRate, string agreementId = AgreementId) => new()
    {
        Id = new RecordId("connectwise", RecordKind.AgreementRoleRate, $"{agreementId}-{roleId}"),
        AgreementId = agreementId,
        RoleId = roleId,
        RoleName = "Role " + roleId,
        HourlyRate = hourlyRate,
        InForce = Days.From("2024-01-01"),
    };

    public static WorkRole Role(string id, decimal? hourlyRate) => new()
    {
        Id = new RecordId("connectwise", RecordKind.WorkRole, id),
        Name = "Role " + id,
        HourlyRate = hourlyRate,
    };

    public static Project Project(string id, bool isFixedFee = false) => new()
    {
        Id = new RecordId("connectwise", RecordKind.Project, id),
        Name = "Project " + id,
        CompanyId = CompanyId,
        IsFixedFee = isFixedFee,
    };

    public static TimeEntry Time(string id, decimal hours, string? roleId = "1", string start = "2024-09-10T09:00Z") => new()
    {
        Id = new RecordId("connectwise", RecordKind.Time, id),
        CompanyId = CompanyId,
        CompanyName = "Corrib Foods",
        AgreementId = AgreementId,
        TechnicianId = "7",
        TechnicianName = "Nora Kelly",
        RoleId = roleId,
        RoleName = roleId is null ? null : "Role " + roleId,
        Start = Days.At(start),
        Hours = hours,
        Status = "Approved",
    };

    public static Addition Addition(string id, decimal quantity, decimal unitPrice) => new()
    {
        Id = new RecordId("connectwise", RecordKind.Addition, id),
        AgreementId = AgreementId,
        Sku = "SKU-" + id,
        Description = "Service " + id,
        Quantity = quantity,
        UnitPrice = unitPrice,
        Option = BillingOption.Billable,
        InForce = Days.From("2024-01-01"),
        Prorate = true,
    };

    public static Device Device(string id, string type = "Server") => new()
    {
        Id = new RecordId("connectwise", RecordKind.Device, id),
        CompanyId = CompanyId,
        CompanyName = "Corrib Foods",
        Name = "HOST-" + id,
        DeviceType = type,
        IsActive = true,
        IsBilled = true,
    };

    public static Milestone Milestone(string id, decimal? amount, string? completedOn = "2024-09-20", string projectId = "701") => new()
    {
        Id = new RecordId("connectwise", RecordKind.Milestone, id),
        ProjectId = projectId,
        Name = "Stage " + id,
        IsCompleted = completedOn is not null,
        CompletedOn = completedOn is null ? null : Days.On(completedOn),
        Amount = amount,
    };

    public static Count Count(string id, decimal quantity, string sku = "SKU", string day = "2024-09-10") => new()
    {
        Id = new RecordId("csv", RecordKind.Count, id),
        CompanyId = CompanyId,
        CompanyName = "Corrib Foods",
        Sku = sku,
        Description = sku,
        Day = Days.On(day),
        Quantity = quantity,
    };

    public static Expense Expense(string id, decimal quantity, decimal? unitPrice, decimal? unitCost = null, string day = "2024-09-10") => new()
    {
        Id = new RecordId("connectwise", RecordKind.Expense, id),
        CompanyId = CompanyId,
        CompanyName = "Corrib Foods",
        Day = Days.On(day),
        Description = "Item " + id,
        Quantity = quantity,
        UnitPrice = unitPrice,
        UnitCost = unitCost,
        Currency = Currencies.EUR,
    };

    public static UsageRecord Usage(string id, decimal cost, string service = "Storage", string day = "2024-09-10") => new()
    {
        Id = new RecordId("focus", RecordKind.Usage, id),
        Provider = "Azure",
        SubAccountId = "sub-1",
        Category = cost < 0 ? "Credit" : "Usage",
        Service = service,
        Sku = "SKU",
        Description = service + " hours",
        Day = Days.On(day),
        Quantity = 1,
        Unit = "Hours",
        Cost = cost,
        Currency = Currencies.EUR,
    };
}
