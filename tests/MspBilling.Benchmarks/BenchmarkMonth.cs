using System.Globalization;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>A client with two agreements that use every way of pricing, and its month of any size.</summary>
/// <remarks>
/// <para>
/// Of 1,000 activities 400 are time, 490 metered use, 40 counts, 40 devices, 18 expenses, 10 additions and 2 milestones. A tenth of the time and of the use
/// is changed by a custom rule. Technicians, tickets and accounts grow with the month: four entries to a ticket, about 160 to a technician.
/// </para>
/// <para>
/// They come in the order of their ids, as storage hands them over, and are read from JSON as storage reads them, which decides what texts they
/// share. Time is entered roughly in the order in which it was worked.
/// </para>
/// </remarks>
internal static class BenchmarkMonth
{
    public const string ClientId = "cw-" + CompanyId;
    public static readonly Period September = Period.Month(2024, 9);

    private const string CompanyId = "250";
    private const string CompanyName = "Contoso Ltd";
    private const string ManagedId = "88";
    private const string CloudId = "89";
    private static readonly Period Always = new(DateOnly.MinValue, Period.NoEnd);
    private static readonly Period From2024 = new(new DateOnly(2024, 1, 1), Period.NoEnd);
    private static readonly Currency Eur = Currency.Of("EUR");
    private static readonly Currency Usd = Currency.Of("USD");

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

    /// <summary>The month as a case to rate.</summary>
    public static RatingCase Case(int activities)
    {
        var client = Directory.ClientOf(ClientId).Client!;
        return new RatingCase(client, September, Directory.AgreementsOf(client), Directory, Activities(activities));
    }

    /// <param name="count">A multiple of 1,000 is the mix to the record.</param>
    public static Activity[] Activities(int count)
    {
        var (times, usages, counts, devices, expenses, additions) = (Share(count, 400), Share(count, 490), Share(count, 40), Share(count, 40), Share(count, 18), Share(count, 10));
        var milestones = count - times - usages - counts - devices - expenses - additions;
        return
        [
            .. Enumerable.Range(0, times).Select(i => Read(Time(i, times))),
            .. Enumerable.Range(0, additions).Select(i => Read(Addition(i))),
            .. Enumerable.Range(0, devices).Select(i => Read(Device(i))),
            .. Enumerable.Range(0, milestones).Select(i => Read(Milestone(i))),
            .. Enumerable.Range(0, usages).Select(i => Read(Usage(i))),
            .. Enumerable.Range(0, expenses).Select(i => Read(Expense(i))),
            .. Enumerable.Range(0, counts).Select(i => Read(Count(i))),
        ];
    }

    private static Activity Read(Activity activity) => (Activity)RecordJson.Deserialize<CapturedRecord>(RecordJson.Serialize<CapturedRecord>(activity));

    private static int Share(int count, int perThousand) => (int)((long)count * perThousand / 1_000);

    private static TimeEntry Time(int i, int of)
    {
        var ticket = i / 4;
        var isProject = ticket % 5 == 0;
        var technician = i % Math.Max(5, of / 160);
        var project = ticket / 5 % 3;
        return new TimeEntry
        {
            Id = Id(RecordKind.Time, i),
            CompanyId = CompanyId,
            CompanyName = CompanyName,
            AgreementId = i % 10 == 9 ? null : ManagedId,
            TechnicianId = Text(technician),
            TechnicianName = $"Nora {technician}",
            RoleId = i % 6 == 5 ? "6" : "5",
            RoleName = i % 6 == 5 ? "Architect" : "Engineer",
            WorkType = (i % 10) switch { 0 => "Emergency", 1 => "Travel", _ => "Remote" },
            Start = new DateTimeOffset(2024, 9, 1 + (int)(i * 30L / of), 6 + (i * 7 % 13), i * 15 % 60, 0, TimeSpan.Zero),
            Hours = 0.1m + (i % 40 * 0.05m),
            Option = BillingOption.Billable,
            Status = "ReadyToBill",
            TicketId = Text(40_000 + ticket),
            TicketSummary = $"Workstation {ticket % 900} is slow after the update",
            Board = isProject ? "Projects" : ticket % 2 == 0 ? "Support" : "Requests",
            ProjectId = isProject ? ProjectId(project) : null,
            ProjectName = isProject ? $"Project {project}" : null,
            Notes = i % 3 == 0 ? "Checked the event log, updated drivers" + i % 100 : null,
        };
    }

    private static UsageRecord Usage(int i)
    {
        var provider = (i % 20) switch { < 9 => "Microsoft", < 13 => "AWS", < 15 => "Backup", < 17 => "Voice", < 18 => "Email", _ => "Monitoring" };
        var account = i / 5_000;
        return new UsageRecord
        {
            Id = Id(RecordKind.Usage, i),
            Provider = provider,
            SubAccountId = $"subscription-{account}",
            SubAccountName = $"Contoso production {account}",
            Category = i % 50 == 49 ? "Tax" : "Usage",
            Service = $"Service {i / 20 % 50 % 7}",
            Sku = $"SKU-{i / 20 % 50}",
            Description = $"Meter {i / 20 % 50}",
            Day = September.Start.AddDays(i % 30),
            Quantity = 24 + (i % 5),
            Unit = provider switch { "Backup" => "GB", "Voice" => "min", _ => "Hours" },
            Cost = 0.0123456789m * (i % 97),
            Currency = provider == "AWS" ? Usd : Eur,
        };
    }

    private static Count Count(int i) => new()
    {
        Id = Id(RecordKind.Count, i),
        CompanyId = CompanyId,
        CompanyName = CompanyName,
        Sku = i % 2 == 0 ? $"MBX-{i / 2 % 4}" : $"EDR-{i / 2 % 4}",
        Description = i % 2 == 0 ? $"Mailboxes {i / 2 % 4}" : $"Endpoints {i / 2 % 4}",
        Day = September.Start.AddDays(i % 30),
        Quantity = 40 + (i % 9),
    };

    private static Device Device(int i) => new()
    {
        Id = Id(RecordKind.Device, i),
        CompanyId = CompanyId,
        CompanyName = CompanyName,
        Name = $"WS{i}",
        DeviceType = i % 10 == 9 ? "Server" : "Workstation",
        SerialNumber = $"5CG{i:D7}",
        IsActive = i % 25 != 24,
        IsBilled = true,
        InstalledOn = new DateOnly(2024, 1 + (i % 9), 15),
    };

    private static Addition Addition(int i) => new()
    {
        Id = Id(RecordKind.Addition, i),
        AgreementId = ManagedId,
        Sku = $"LIC-{i % 40}",
        Description = $"Microsoft 365 Business Premium {i % 40}",
        Quantity = 1 + (i % 40),
        LessIncluded = i % 5 == 4 ? 1 : 0,
        UnitPrice = 20.60m,
        UnitCost = 17,
        Option = BillingOption.Billable,
        InForce = i % 4 == 0 ? new Period(new DateOnly(2024, 9, 1 + (i % 28)), Period.NoEnd) : From2024,
        Prorate = true,
    };

    private static Expense Expense(int i) => new()
    {
        Id = Id(RecordKind.Expense, i),
        CompanyId = CompanyId,
        CompanyName = CompanyName,
        AgreementId = ManagedId,
        Day = September.Start.AddDays(i % 30),
        Description = $"Docking station {i % 20}",
        Sku = $"DOCK-{i % 20}",
        Quantity = 1 + (i % 3),
        UnitCost = 49.99m,
        Currency = Eur,
        Option = BillingOption.Billable,
    };

    private static Milestone Milestone(int i) => new()
    {
        Id = Id(RecordKind.Milestone, i),
        ProjectId = ProjectId(i % 3),
        Name = $"Stage {i}",
        IsCompleted = true,
        CompletedOn = September.Start.AddDays(i % 30),
        Amount = 1_250 + i,
        Option = BillingOption.Billable,
    };

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

    private static string ProjectId(int project) => Text(700 + project);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static RecordId Id(RecordKind kind, int i) => new("benchmark", kind, i.ToString("D8", CultureInfo.InvariantCulture));
}
