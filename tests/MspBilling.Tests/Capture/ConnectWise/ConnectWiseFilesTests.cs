using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using Xunit;
using static MspBilling.Tests.Capture.ConnectWise.OneRecord;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>The vendor's own samples, and each decision of the mapping; agreements are in <see cref="ConnectWiseAgreementFilesTests"/>.</summary>
public sealed class ConnectWiseFilesTests
{
    private const string Phase = """
        {"id":9001,"projectId":701,"description":"Cutover","billTime":"Billable","markAsMilestoneFlag":true,"actualEnd":"2026-08-12T23:30:00Z",
         "poNumber":"PO-88","poAmount":4800.00,"status":{"id":3,"name":"Completed"},"_info":{"lastUpdated":"2026-08-13T09:00:00Z"}}
        """;

    [Fact]
    public void Read_TimeEntry_TakesWorkedHours() => Assert.Equal(
        new TimeEntry
        {
            Id = Id(RecordKind.Time, "80121"),
            Revision = new DateTimeOffset(2026, 8, 3, 15, 45, 0, TimeSpan.Zero),
            CompanyId = "250",
            CompanyName = "Contoso Ltd",
            AgreementId = "88",
            TechnicianId = "17",
            TechnicianName = "Jane Doe",
            RoleId = "5",
            RoleName = "Engineer",
            WorkType = "Remote",
            Start = new DateTimeOffset(2026, 8, 3, 14, 0, 0, TimeSpan.Zero),
            Hours = 1.67m,
            Option = BillingOption.Billable,
            Status = "ReadyToBill",
            TicketId = "41551",
            TicketSummary = "Workstation down",
            Notes = "Replaced failed SSD",
        },
        One<TimeEntry>("time-entries.json", ImportFiles.TimeEntry));

    [Theory]
    [InlineData("\"Billable\"", BillingOption.Billable)]
    [InlineData("\"DoNotBill\"", BillingOption.DoNotBill)]
    [InlineData("\"NoCharge\"", BillingOption.NoCharge)]
    [InlineData("\"NoDefault\"", BillingOption.Default)]
    [InlineData("null", BillingOption.Default)]
    public void Read_TimeEntry_KnowsTheBillingWords(string word, BillingOption option) =>
        Assert.Equal(option, One<TimeEntry>("time-entries.json", Change(ImportFiles.TimeEntry, "\"Billable\"", word)).Option);

    [Theory]
    [InlineData("\"Billable\"", "\"Sometimes\"", "line 4, column 57: billableOption is 'Sometimes', expected one of Billable, DoNotBill, NoCharge, NoDefault")]
    [InlineData("1.67", "-1.67", "line 4, column 16: actualHours is '-1.67', expected a number of 0 or more, below a trillion")]
    [InlineData("\"2026-08-03T14:00:00Z\"", "\"2026-08-03 14:00\"", "line 3, column 84: timeStart is '2026-08-03 14:00', expected a time like 2024-09-18T23:00:00Z")]
    [InlineData("{\"id\":250,", "{\"id\":\"250\",", "line 1, column 30: company.id is '250', expected a whole number of 0 or more")]
    [InlineData("\"name\":\"Jane Doe\"", "\"nick\":\"Jane\"", "line 2, column 11: member.name: expected a text, but it is missing")]
    public void Read_WrongTimeEntry_SaysWhatAndWhere(string right, string wrong, string problem) =>
        Assert.Equal(["time-entries.json, " + problem], ImportFiles.Problems("time-entries.json", "[" + Change(ImportFiles.TimeEntry, right, wrong) + "]"));

    [Fact]
    public void Read_TimeEntryOfAStatusNeverHeardOf_KeepsTheWord() =>
        Assert.Equal("Parked", One<TimeEntry>("time-entries.json", Change(ImportFiles.TimeEntry, "ReadyToBill", "Parked")).Status);

    [Fact]
    public void Read_WorkRole_MayHaveNoRate() => Assert.Equal(
        [new WorkRole { Id = Id(RecordKind.WorkRole, "5"), Name = "Engineer", HourlyRate = 150m }, new WorkRole { Id = Id(RecordKind.WorkRole, "6"), Name = "Trainee" }],
        ImportFiles.Records<WorkRole>("time-workroles.json", """[{"id":5,"name":"Engineer","hourlyRate":150.00,"locationIds":[2]},{"id":6,"name":"Trainee","hourlyRate":null}]"""));

    [Fact]
    public void Read_Member_MayHaveNoCost()
    {
        const string Member = """{"id":17,"identifier":"JDOE","firstName":"Jane","lastName":"Doe","hourlyCost":48.50,"workRole":{"id":5,"name":"Engineer"},"dailyCapacity":8.0}""";
        var jane = new Technician { Id = Id(RecordKind.Technician, "17"), Name = "Jane Doe", RoleName = "Engineer", HourlyCost = 48.5m, DailyCapacity = 8m };

        Assert.Equal(jane, One<Technician>("system-members.json", Member));
        Assert.Equal(jane with { HourlyCost = null }, One<Technician>("system-members.json", Change(Member, "\"hourlyCost\":48.50,", "")));
    }

    [Fact]
    public void Read_Ticket_IsMapped() => Assert.Equal(
        new Ticket { Id = Id(RecordKind.Ticket, "41551"), Summary = "Workstation down", Board = "Help Desk", CompanyId = "250", AgreementId = "88", IsClosed = true },
        One<Ticket>("service-tickets.json", """{"id":41551,"summary":"Workstation down","board":{"id":1,"name":"Help Desk"},"company":{"id":250},"agreement":{"id":88},"closedFlag":true,"externalXRef":""}"""));

    [Theory]
    [InlineData("FixedFee", true)]
    [InlineData("ActualRates", false)]
    [InlineData("NotToExceed", false)]
    [InlineData("OverrideRate", false)]
    public void Read_Project_IsFixedFeeByItsMethod(string method, bool isFixedFee) => Assert.Equal(
        new Project { Id = Id(RecordKind.Project, "701"), Name = "Server migration", CompanyId = "250", IsFixedFee = isFixedFee, PurchaseOrder = "PO-88" },
        One<Project>("project-projects.json", $$"""{"id":701,"name":"Server migration","company":{"id":250},"billingMethod":"{{method}}","customerPO":"PO-88"}"""));

    [Fact]
    public void Read_MilestoneCompleted_IsCompletedOnTheDateAsWritten() => Assert.Equal(
        new Milestone
        {
            Id = Id(RecordKind.Milestone, "9001"),
            Revision = new DateTimeOffset(2026, 8, 13, 9, 0, 0, TimeSpan.Zero),
            ProjectId = "701",
            Name = "Cutover",
            IsCompleted = true,
            CompletedOn = new DateOnly(2026, 8, 12),
            Amount = 4800m,
            Option = BillingOption.Billable,
            PurchaseOrder = "PO-88",
        },
        One<Milestone>("project-phases.json", Phase));

    [Theory]
    [InlineData("Closed", true)]
    [InlineData("Open", false)]
    public void Read_Milestone_IsCompletedByItsStatus(string status, bool isCompleted) =>
        Assert.Equal(isCompleted, One<Milestone>("project-phases.json", Change(Phase, "Completed", status)).CompletedOn is not null);

    [Fact]
    public void Read_MilestoneCompletedOnNoKnownDay_IsCompletedAllTheSame()
    {
        var milestone = One<Milestone>("project-phases.json", Change(Phase, "actualEnd", "actualFinish"));

        Assert.Equal((true, null), (milestone.IsCompleted, milestone.CompletedOn));
    }

    [Fact]
    public void Read_PhaseThatIsNoMilestone_IsNoRecord() =>
        Assert.Empty(ImportFiles.Records<Milestone>("project-phases.json", "[" + Change(Phase, "\"markAsMilestoneFlag\":true", "\"markAsMilestoneFlag\":false") + "]"));

    [Fact]
    public void Read_Configuration_IsMapped() => Assert.Equal(
        new Device
        {
            Id = Id(RecordKind.Device, "3301"),
            CompanyId = "250",
            CompanyName = "Contoso Ltd",
            Name = "WEB01",
            DeviceType = "Server",
            SerialNumber = "ABC123",
            IsActive = true,
            IsBilled = true,
            InstalledOn = new DateOnly(2025, 2, 1),
        },
        One<Device>("company-configurations.json", """
            {"id":3301,"name":"WEB01","type":{"id":3,"name":"Server"},"company":{"id":250,"name":"Contoso Ltd"},"serialNumber":"ABC123",
             "activeFlag":true,"billFlag":true,"installationDate":"2025-02-01T00:00:00Z"}
            """));

    [Fact]
    public void Read_Company_IsMapped()
    {
        var company = One<Company>("company-companies.json", """
            {"id":250,"identifier":"CONTOSO","name":"Contoso Ltd","types":[{"id":1,"name":"Client"}],"deletedFlag":true,"invoiceToEmailAddress":"ap@contoso.example",
             "addressLine1":"1 Main St","addressLine2":"","city":"Austin","state":"TX","zip":"78701","country":{"id":1,"name":"United States"},
             "taxCode":{"id":8,"name":"TX"},"currency":{"id":7,"name":"US Dollars"}}
            """);

        Assert.Equal(["1 Main St", "Austin, TX 78701", "United States"], company.AddressLines);
        Assert.Equal(
            new Company
            {
                Id = Id(RecordKind.Company, "250"),
                Identifier = "CONTOSO",
                Name = "Contoso Ltd",
                IsDeleted = true,
                AddressLines = company.AddressLines,
                Address = new PostalAddress { Line1 = "1 Main St", City = "Austin", PostCode = "78701", Subdivision = "TX" },
                CountryName = "United States",
                InvoiceEmail = "ap@contoso.example",
                TaxCode = "TX",
                CurrencyName = "US Dollars",
            },
            company);
    }

    [Theory]
    [InlineData("""[{"id":1,"name":"Internal"}]""", true)]
    [InlineData("""[{"id":1,"name":"Internal"},{"id":2,"name":"Client"}]""", false)]
    [InlineData("""[{"id":2,"name":"Client"}]""", false)]
    [InlineData("[]", false)]
    public void Read_Company_IsInternalByItsOnlyType(string types, bool isInternal) =>
        Assert.Equal(isInternal, One<Company>("company-companies.json", $$"""{"id":1,"identifier":"HL","name":"Harbourlight","types":{{types}}}""").IsInternal);
}
