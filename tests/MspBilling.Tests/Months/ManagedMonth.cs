using System.Globalization;
using System.Text;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;
using MspBilling.Tests.Conventions;
using Xunit;

namespace MspBilling.Tests.Months;

/// <summary>A managed client's whole September. The bill that it must give stands beside this file, in ManagedMonth.txt.</summary>
public sealed class ManagedMonth
{
    private static readonly ClientMonth Corrib = new()
    {
        Settings = Records.Settings with { CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")] },
        Lines =
        [
            Lines.Fee("Managed services", "Monthly fee"),
            Lines.Additions("Licences"),
            Lines.Device("Server", 49.50m, "Managed services"), Lines.Device("Workstation", 12, "Managed services"),
            Lines.Time("Support", minimumHours: 0.25m, incrementHours: 0.25m),
            Lines.Cloud("Cloud", markupPercent: 15),
            Lines.Milestones("Projects"),
            Lines.Discount("Loyalty discount", ["Licences"], 5, Days.From("2024-01-01")),
        ],
        // Signed on the 12th: 19 of 30 days. Its 4 included hours are not prorated.
        Agreements = [Records.Agreement() with { MonthlyFee = 2400, IncludedHours = 4, Term = Days.From("2024-09-12"), PurchaseOrder = "CSF/4471" }],
        References = [Records.Role("1", 95), Records.Role("2", 120), Records.Role("3", null), Records.Project("701"), Records.Project("702", isFixedFee: true)],
    };

    private static readonly Activity[] September =
    [
        Records.Addition("1", 42, 26.40m) with { Description = "Microsoft 365 Business Premium", LessIncluded = 2 },
        Records.Addition("2", 1, 26.40m) with { Description = "Seat of the new buyer", InForce = Days.From("2024-09-14") },
        Records.Addition("3", 5, 3.10m) with { Description = "Mail archive, cancelled on the 20th", InForce = Days.Between("2024-01-01", "2024-09-21") },
        Records.Addition("4", 1, 0) with { Description = "Backup at no price", UnitCost = 18 },
        Records.Device("1"), Records.Device("2"), Records.Device("3", "Workstation"), Records.Device("4", "Printer"),
        Records.Device("5") with { IsActive = false },
        Records.Time("1", 1.40m, start: "2024-09-16T09:00Z"),
        Records.Time("2", 3.00m, "2", start: "2024-09-17T09:00Z"), // 1.50 + 3.00 = 4.50: half an hour is over
        Records.Time("3", 0.10m, start: "2024-09-18T09:00Z"),
        Records.Time("4", 2.00m, start: "2024-09-18T13:00Z") with { ProjectId = "702" },
        Records.Time("5", 1.00m, "3", start: "2024-09-19T09:00Z"),
        Records.Time("6", 1.00m, start: "2024-09-20T09:00Z") with { Status = "Open" },
        Records.Time("7", 1.00m, start: "2024-09-05T09:00Z"), // before the agreement
        Records.Milestone("1", 1500, "2024-09-27"),
        Records.Milestone("2", 900, completedOn: null), // open: not of this month
        Records.Usage("1", 60.002m, "Virtual Machines", "2024-09-20"),
        Records.Usage("2", 40.002m, "Virtual Machines", "2024-09-21"),
        Records.Usage("3", 0.003m, "Queue", "2024-09-21"),
        Records.Usage("4", -5, "Storage", "2024-09-22"),
    ];

    [Fact]
    public void September_GivesTheBillBesideThisFile() =>
        Assert.Equal(File.ReadAllText(Path.Combine(Source.Root.FullName, "tests/MspBilling.Tests/Months/ManagedMonth.txt")), Print(Corrib.Bill(September)));

    private static string Print(ClientBill bill)
    {
        var text = new StringBuilder();
        foreach (var invoice in bill.Invoices)
        {
            Write(text, $"Invoice to {invoice.BillTo.Name} for {invoice.Period}, dated {invoice.InvoiceDate:yyyy-MM-dd}, due {invoice.DueDate:yyyy-MM-dd}, purchase order {invoice.PurchaseOrder}");
            foreach (var line in invoice.Lines)
            {
                Write(text, $"");
                Write(text, $"{line.Service + ": " + line.Description,-64}{line.Net.Amount,10:N2}");
                Write(text, $"    {line.Explanation.Sentence}");
            }

            Write(text, $"");
            Write(text, $"{"Before discounts",-64}{invoice.Gross.Amount,10:N2}");
            Write(text, $"{"Discounts",-64}{-invoice.Discount.Amount,10:N2}");
            Write(text, $"{"Net",-64}{invoice.Net.Amount,10:N2}");
            foreach (var tax in invoice.Taxes)
            {
                Write(text, $"{tax.Name + " of " + tax.Base,-64}{tax.Tax.Amount,10:N2}");
            }

            Write(text, $"{"Total",-64}{invoice.Total.Amount,10:N2}");
        }

        Write(text, $"");
        Write(text, $"What is not billed");
        foreach (var disposition in bill.Dispositions.Where(d => d.Reason is not null))
        {
            Write(text, $"{$"{disposition.Activity.Kind} {disposition.Activity.ExternalId}",-14}{disposition.Kind,-12}{$"{disposition.Reason!.Title}. {disposition.Detail}".TrimEnd()}");
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture).TrimEnd()).Append('\n');
}
