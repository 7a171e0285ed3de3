using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>The records of <see cref="BenchmarkMonth"/>, each made of its number alone.</summary>
internal static class BenchmarkRecords
{
    public static TimeEntry Time(int i, int of)
    {
        var ticket = i / 4;
        var isProject = ticket % 5 == 0;
        var technician = i % Math.Max(5, of / 160);
        var project = ticket / 5 % 3;
        return new TimeEntry
        {
            Id = Id(RecordKind.Time, i),
            CompanyId = BenchmarkAgreements.CompanyId,
            CompanyName = BenchmarkAgreements.CompanyName,
            AgreementId = i % 10 == 9 ? null : BenchmarkAgreements.ManagedId,
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
            ProjectId = isProject ? BenchmarkAgreements.ProjectId(project) : null,
            ProjectName = isProject ? $"Project {project}" : null,
            Notes = i % 3 == 0 ? "Checked the event log, updated drivers" + i % 100 : null,
        };
    }

    public static UsageRecord Usage(int i)
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
            Day = BenchmarkMonth.September.Start.AddDays(i % 30),
            Quantity = 24 + (i % 5),
            Unit = provider switch { "Backup" => "GB", "Voice" => "min", _ => "Hours" },
            Cost = 0.0123456789m * (i % 97),
            Currency = provider == "AWS" ? BenchmarkAgreements.Usd : BenchmarkAgreements.Eur,
        };
    }

    public static Count Count(int i) => new()
    {
        Id = Id(RecordKind.Count, i),
        CompanyId = BenchmarkAgreements.CompanyId,
        CompanyName = BenchmarkAgreements.CompanyName,
        Sku = i % 2 == 0 ? $"MBX-{i / 2 % 4}" : $"EDR-{i / 2 % 4}",
        Description = i % 2 == 0 ? $"Mailboxes {i / 2 % 4}" : $"Endpoints {i / 2 % 4}",
        Day = BenchmarkMonth.September.Start.AddDays(i % 30),
        Quantity = 40 + (i % 9),
    };

    public static Device Device(int i) => new()
    {
        Id = Id(RecordKind.Device, i),
        CompanyId = BenchmarkAgreements.CompanyId,
        CompanyName = BenchmarkAgreements.CompanyName,
        Name = $"WS{i}",
        DeviceType = i % 10 == 9 ? "Server" : "Workstation",
        SerialNumber = $"5CG{i:D7}",
        IsActive = i % 25 != 24,
        IsBilled = true,
        InstalledOn = new DateOnly(2024, 1 + (i % 9), 15),
    };

    public static Addition Addition(int i) => new()
    {
        Id = Id(RecordKind.Addition, i),
        AgreementId = BenchmarkAgreements.ManagedId,
        Sku = $"LIC-{i % 40}",
        Description = $"Microsoft 365 Business Premium {i % 40}",
        Quantity = 1 + (i % 40),
        LessIncluded = i % 5 == 4 ? 1 : 0,
        UnitPrice = 20.60m,
        UnitCost = 17,
        Option = BillingOption.Billable,
        InForce = i % 4 == 0 ? new Period(new DateOnly(2024, 9, 1 + (i % 28)), Period.NoEnd) : BenchmarkAgreements.From2024,
        Prorate = true,
    };

    public static Expense Expense(int i) => new()
    {
        Id = Id(RecordKind.Expense, i),
        CompanyId = BenchmarkAgreements.CompanyId,
        CompanyName = BenchmarkAgreements.CompanyName,
        AgreementId = BenchmarkAgreements.ManagedId,
        Day = BenchmarkMonth.September.Start.AddDays(i % 30),
        Description = $"Docking station {i % 20}",
        Sku = $"DOCK-{i % 20}",
        Quantity = 1 + (i % 3),
        UnitCost = 49.99m,
        Currency = BenchmarkAgreements.Eur,
        Option = BillingOption.Billable,
    };

    public static Milestone Milestone(int i) => new()
    {
        Id = Id(RecordKind.Milestone, i),
        ProjectId = BenchmarkAgreements.ProjectId(i % 3),
        Name = $"Stage {i}",
        IsCompleted = true,
        CompletedOn = BenchmarkMonth.September.Start.AddDays(i % 30),
        Amount = 1_250 + i,
        Option = BillingOption.Billable,
    };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static RecordId Id(RecordKind kind, int i) => new("benchmark", kind, i.ToString("D8", CultureInfo.InvariantCulture));
}
