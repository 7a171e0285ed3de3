using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>One client's month of a given size: four in ten activities are time, five are cloud usage, one is devices and additions.</summary>
internal static class BenchmarkMonth
{
    public const string ClientId = "cw-250";
    public static readonly Period September = Period.Month(2024, 9);
    private static readonly Period Always = new(DateOnly.MinValue, Period.NoEnd);
    private static readonly Currency Eur = Currency.Of("EUR");

    public static ClientDirectory Directory { get; } = ClientDirectory.Of(
    [
        new MspSettings
        {
            Id = new RecordId("msp", RecordKind.MspSettings, "settings"),
            Name = "Harbourlight",
            BrandColor = "#0F766E",
            HomeCurrency = Eur,
            InvoiceNumberPattern = "HL-{0:000000}",
            FirstInvoiceNumber = 1,
            ApprovedTimeStatuses = ["ReadyToBill"],
            DefaultTimeZone = "Europe/Dublin",
            DefaultLanguage = "en-IE",
            TaxJurisdictions = [new TaxJurisdiction("IE-VAT", "Ireland", null, [new TaxRate("VAT", 23, new Period(new DateOnly(2021, 3, 1), Period.NoEnd))])],
            CloudAccounts = [new CloudAccount("Microsoft", "subscription", "CONTOSO")],
            AgreementTypes =
            [
                new AgreementType(
                    "Managed",
                    [
                        new RecurringLine { Id = "additions", Service = "Licences", Quantity = new AdditionQuantity() },
                        new RecurringLine { Id = "devices", Service = "Devices", Quantity = new DeviceQuantity(), Prices = [new DatedPrice(12.50m, Always)] },
                        new TimeLine { Id = "time", Service = "Time", MinimumHours = 0.25m, IncrementHours = 0.25m },
                        new UsageLine { Id = "cloud", Service = "Cloud", Pricing = new CostMarkup(15) },
                        new DiscountLine { Id = "loyalty", Service = "Loyalty", Scope = DiscountScope.Services, Targets = ["Devices"], Percent = 5 },
                    ]),
            ],
        },
        new Company { Id = new RecordId("connectwise", RecordKind.Company, "250"), Identifier = "CONTOSO", Name = "Contoso Ltd", TaxCode = "IE-VAT" },
        new PsaAgreement
        {
            Id = new RecordId("connectwise", RecordKind.Agreement, "88"),
            CompanyId = "250",
            Name = "Managed Gold",
            TypeName = "Managed",
            Term = new Period(new DateOnly(2024, 1, 1), Period.NoEnd),
            IncludedHours = 20,
        },
        new WorkRole { Id = new RecordId("connectwise", RecordKind.WorkRole, "5"), Name = "Engineer", HourlyRate = 95 },
    ]);

    public static IReadOnlyList<Activity> Activities(int count) => [.. Enumerable.Range(0, count).Select(Activity)];

    private static Activity Activity(int i) => (i % 10) switch
    {
        < 4 => new TimeEntry
        {
            Id = Id(RecordKind.Time, i),
            CompanyId = "250",
            CompanyName = "Contoso Ltd",
            AgreementId = "88",
            TechnicianId = "17",
            TechnicianName = "Jane Doe",
            RoleId = "5",
            RoleName = "Engineer",
            Start = new DateTimeOffset(2024, 9, 1 + i % 30, 8 + i % 9, 0, 0, TimeSpan.Zero),
            Hours = 0.1m + i % 40 * 0.05m,
            Option = BillingOption.Billable,
            Status = "ReadyToBill",
            TicketId = "41551",
            TicketSummary = "Workstation down",
        },
        < 9 => new UsageRecord
        {
            Id = Id(RecordKind.Usage, i),
            Provider = "Microsoft",
            SubAccountId = "subscription",
            Category = "Usage",
            Service = $"Service {i % 7}",
            Sku = $"SKU-{i % 50}",
            Description = $"Meter {i % 50}",
            Day = new DateOnly(2024, 9, 1 + i % 30),
            Quantity = 24,
            Unit = "Hours",
            Cost = 0.0123456789m * (i % 97),
            Currency = Eur,
        },
        _ when i % 20 == 9 => new Device
        {
            Id = Id(RecordKind.Device, i),
            CompanyId = "250",
            CompanyName = "Contoso Ltd",
            Name = $"WS{i}",
            DeviceType = "Workstation",
            IsActive = true,
            IsBilled = true,
        },
        _ => new Addition
        {
            Id = Id(RecordKind.Addition, i),
            AgreementId = "88",
            Sku = "M365-BP",
            Description = "Microsoft 365 Business Premium",
            Quantity = 1 + i % 40,
            UnitPrice = 20.60m,
            UnitCost = 17,
            Option = BillingOption.Billable,
            InForce = new Period(new DateOnly(2024, 9, 1 + i % 28), Period.NoEnd),
            Prorate = true,
        },
    };

    private static RecordId Id(RecordKind kind, int i) => new("benchmark", kind, i.ToString("D8", System.Globalization.CultureInfo.InvariantCulture));
}
