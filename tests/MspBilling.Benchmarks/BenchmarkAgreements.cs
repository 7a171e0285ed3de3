using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>A client with two agreements that use every way of pricing.</summary>
internal static class BenchmarkAgreements
{
    public const string ClientId = "cw-" + CompanyId;
    public const string CompanyId = "250";
    public const string CompanyName = "Contoso Ltd";
    public const string ManagedId = "88";
    public static readonly Period From2024 = new(new DateOnly(2024, 1, 1), Period.NoEnd);
    public static readonly Currency Eur = Currency.Of("EUR");
    public static readonly Currency Usd = Currency.Of("USD");

    private const string CloudId = "89";
    private static readonly Period Always = new(DateOnly.MinValue, Period.NoEnd);

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
            CloudAccounts = [new CloudAccount("Microsoft", "subscription-0", "CONTOSO")],
            Rules =
            [
                new CustomRule(
                    "emergency", "Emergency call-out", Always, new ActivityMatch { Kinds = [ActivityKind.Time], WorkTypes = ["Emergency*"], TimeOfDay = new TimeOfDay(new TimeOnly(6, 0), new TimeOnly(20, 0)) }, new MultiplyPrice(1.25m)),
                new CustomRule("reserved", "Reserved capacity", Always, new ActivityMatch { Kinds = [ActivityKind.Usage], Skus = ["SKU-4*", "RI-*"] }, new MultiplyPrice(0.9m)),
            ],
        },
        new Company { Id = new RecordId("connectwise", RecordKind.Company, CompanyId), Identifier = "CONTOSO", Name = CompanyName, TaxCode = "IE-VAT" },
        new WorkRole { Id = new RecordId("connectwise", RecordKind.WorkRole, "5"), Name = "Engineer", HourlyRate = 95 },
        new WorkRole { Id = new RecordId("connectwise", RecordKind.WorkRole, "6"), Name = "Architect", HourlyRate = 140 },
        .. Enumerable.Range(0, 3).Select(i => new Project
        {
            Id = new RecordId("connectwise", RecordKind.Project, ProjectId(i)),
            CompanyId = CompanyId,
            Name = $"Project {i}",
            IsFixedFee = false,
        }),
        Document(ManagedId, "Managed Gold",
        [
            new RecurringLine { Id = "fee", Service = "Managed services", Quantity = new FlatQuantity(), Prices = [new DatedPrice(2_400, Always)] },
            new RecurringLine { Id = "additions", Service = "Licences", Quantity = new AdditionQuantity() },
            Devices("servers", "Server", 49.50m),
            Devices("workstations", "Workstation", 12.50m),
            Counts("mailboxes", "MBX-*", Aggregation.Max),
            Counts("endpoints", "EDR-*", Aggregation.TimeWeighted),
            new RetainerLine { Id = "hours", Service = "Support", Included = 40, Services = ["Support"], RollOverCycles = 1 },
            new TimeLine
            {
                Id = "support",
                Service = "Support",
                Match = new ActivityMatch { Boards = ["Support"] },
                MinimumHours = 0.25m,
                IncrementHours = 0.25m,
                RoundedBy = RoundingScope.TicketDay,
                AfterHoursFactor = 1.5m,
                WeekendFactor = 2,
                Overtime = new Overtime(8, null, 1.5m),
            },
            new TimeLine
            {
                Id = "projects",
                Service = "Projects",
                Match = new ActivityMatch { Boards = ["Projects"] },
                Rates = [new TimeRate(110, Always, Role: "Engineer"), new TimeRate(150, Always, Person: "Nora 3")],
                Caps = [new TimeCap(CapScope.Ticket, 2_000), new TimeCap(CapScope.Project, 25_000, "Project 1")],
            },
            new TimeLine
            {
                Id = "time",
                Service = "Time",
                MinimumHours = 0.25m,
                IncrementHours = 0.25m,
                Travel = new Travel(["Travel"], Factor: 0.5m),
            },
            new MilestonesLine { Id = "milestones", Service = "Projects" },
            new ExpensesLine(10) { Id = "expenses", Service = "Expenses" },
            new DiscountLine { Id = "loyalty", Service = "Loyalty", Scope = DiscountScope.Services, Targets = ["Devices"], Percent = 5 },
        ]),
        Document(CloudId, "Cloud",
        [
            Cloud("azure", "Microsoft", UsageGrouping.Service, new CostMarkup(15)),
            Cloud("aws", "AWS", UsageGrouping.Sku, new CostMarkup(12)) with { Conversions = [new ConversionRate(Usd, 0.92m, Always)] },
            Cloud("backup", "Backup", UsageGrouping.Account, new GraduatedPrice([new Tier(1_000, 0.12m), new Tier(null, 0.09m)])),
            Cloud("voice", "Voice", UsageGrouping.Service, new VolumePrice([new Tier(10_000, 0.02m), new Tier(null, 0.015m)])),
            Cloud("email", "Email", UsageGrouping.None, new PackagePrice(1_000, 4)),
            Cloud("monitoring", "Monitoring", UsageGrouping.None, new PerUnitPrice(0.04m)) with { Included = 5_000, Maximum = 1_000 },
            new DiscountLine { Id = "volume", Service = "Loyalty", Scope = DiscountScope.Agreement, ByVolume = [new VolumeDiscount(50_000, 2)] },
        ]),
    ]);

    public static string ProjectId(int project) => (700 + project).ToString(CultureInfo.InvariantCulture);

    private static AgreementDocument Document(string id, string name, IReadOnlyList<AgreementLine> lines) => new()
    {
        Id = new RecordId("msp", RecordKind.AgreementDocument, id),
        Client = ClientId,
        Name = name,
        Currency = Eur,
        Versions = [new AgreementVersion(1, From2024, lines, [])],
    };

    private static RecurringLine Devices(string id, string type, decimal price) => new()
    {
        Id = id,
        Service = "Devices",
        Quantity = new DeviceQuantity(),
        Match = new ActivityMatch { DeviceTypes = [type] },
        Prices = [new DatedPrice(price, Always)],
    };

    private static RecurringLine Counts(string id, string sku, Aggregation aggregation) => new()
    {
        Id = id,
        Service = "Seats",
        Quantity = new CountQuantity(aggregation),
        Match = new ActivityMatch { Skus = [sku] },
        Prices = [new DatedPrice(3.20m, Always)],
    };

    private static UsageLine Cloud(string id, string provider, UsageGrouping groupBy, PriceModel pricing) => new()
    {
        Id = id,
        Service = provider,
        Match = new ActivityMatch { Providers = [provider] },
        GroupBy = groupBy,
        Pricing = pricing,
    };
}
