using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>The vendor's own samples, and each decision of the mapping.</summary>
public sealed class ConnectWiseFilesTests
{
    private const string Agreement = """
        {"id":88,"name":"Managed Gold","type":{"id":4,"name":"Managed Services"},"company":{"id":250,"identifier":"CONTOSO","name":"Contoso Ltd"},
         "agreementStatus":"Active","startDate":"2026-01-01T00:00:00Z","noEndingDateFlag":true,"cancelledFlag":false,"applicationUnits":"Hours",
         "applicationLimit":20.0,"applicationUnlimitedFlag":false,"billAmount":2400.00,"prorateFlag":true,"customerPO":"PO-1",
         "currency":{"id":7,"name":"US Dollars"},"_info":{"lastUpdated":"2026-07-01T00:00:00Z"}}
        """;

    private const string Addition = """
        {"id":5501,"agreementId":88,"product":{"id":310,"identifier":"M365-BP"},"quantity":42.0,"lessIncluded":2.0,"unitPrice":26.40,"unitCost":20.15,
         "billCustomer":"Billable","effectiveDate":"2026-01-01T00:00:00Z","taxableFlag":true,"invoiceDescription":"Microsoft 365 Business Premium",
         "prorateCurrentPeriodFlag":true,"_info":{"lastUpdated":"2026-07-30T08:00:00Z","updatedBy":"API"}}
        """;

    private const string Phase = """
        {"id":9001,"projectId":701,"description":"Cutover","billTime":"Billable","markAsMilestoneFlag":true,"actualEnd":"2026-08-12T23:30:00Z",
         "poNumber":"PO-88","poAmount":4800.00,"status":{"id":3,"name":"Completed"},"_info":{"lastUpdated":"2026-08-13T09:00:00Z"}}
        """;

    private static readonly Period Never = new(DateOnly.MinValue, DateOnly.MinValue.AddDays(1));

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
    public void Read_Agreement_IsMapped() => Assert.Equal(
        new PsaAgreement
        {
            Id = Id(RecordKind.Agreement, "88"),
            Revision = new DateTimeOffset(2026, 7, 1, 0, 0, 0, TimeSpan.Zero),
            CompanyId = "250",
            Name = "Managed Gold",
            TypeName = "Managed Services",
            Term = new Period(new DateOnly(2026, 1, 1), Period.NoEnd),
            MonthlyFee = 2400m,
            Prorate = true,
            IncludedHours = 20m,
            CurrencyName = "US Dollars",
            PurchaseOrder = "PO-1",
        },
        One<PsaAgreement>("finance-agreements.json", Agreement));

    [Theory]
    [InlineData("\"noEndingDateFlag\":false,\"endDate\":\"2026-12-31T00:00:00Z\"", "\"cancelledFlag\":false", "2027-01-01")]
    [InlineData("\"noEndingDateFlag\":true,\"endDate\":\"2026-12-31T00:00:00Z\"", "\"cancelledFlag\":false", null)]
    [InlineData("\"noEndingDateFlag\":false", "\"cancelledFlag\":false", null)]
    [InlineData("\"noEndingDateFlag\":true", "\"cancelledFlag\":true,\"dateCancelled\":\"2026-06-15T00:00:00Z\"", "2026-06-15")]
    [InlineData("\"endDate\":\"2026-03-31\"", "\"cancelledFlag\":true,\"dateCancelled\":\"2026-06-15T00:00:00Z\"", "2026-04-01")]
    [InlineData("\"endDate\":\"2026-12-31\"", "\"cancelledFlag\":true,\"dateCancelled\":\"2026-06-15T00:00:00Z\"", "2026-06-15")]
    [InlineData("\"endDate\":\"9999-12-31\"", "\"cancelledFlag\":false,\"dateCancelled\":\"2026-06-15T00:00:00Z\"", null)]
    public void Read_Agreement_EndsAfterItsLastDayOrWhenCancelled(string end, string cancelled, string? firstDayAfter)
    {
        var text = Change(Change(Agreement, "\"noEndingDateFlag\":true", end), "\"cancelledFlag\":false", cancelled);

        Assert.Equal(
            new Period(new DateOnly(2026, 1, 1), firstDayAfter is null ? Period.NoEnd : DateOnly.ParseExact(firstDayAfter, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            One<PsaAgreement>("finance-agreements.json", text).Term);
    }

    [Fact]
    public void Read_AgreementCancelledWhenItStarts_IsNeverInForce() => Assert.Equal(
        Never,
        One<PsaAgreement>("finance-agreements.json", Change(Agreement, "\"cancelledFlag\":false", "\"cancelledFlag\":true,\"dateCancelled\":\"2026-01-01\"")).Term);

    [Theory]
    [InlineData("\"noEndingDateFlag\":true", "\"endDate\":\"2025-12-31\"", "line 2, column 74: endDate is '2025-12-31', expected a date not before 2026-01-01, on which it starts")]
    [InlineData("\"cancelledFlag\":false", "\"cancelledFlag\":true", "line 1, column 2: dateCancelled: expected a date, because cancelledFlag is true, but it is missing")]
    [InlineData("\"Hours\"", "\"Days\"", "line 2, column 129: applicationUnits is 'Days', expected one of Amount, Hours, Incidents")]
    public void Read_WrongAgreement_SaysWhatAndWhere(string right, string wrong, string problem) =>
        Assert.Equal(["finance-agreements.json, " + problem], ImportFiles.Problems("finance-agreements.json", "[" + Change(Agreement, right, wrong) + "]"));

    [Theory]
    [InlineData("\"Hours\"", "\"Amount\"")]
    [InlineData("\"applicationUnlimitedFlag\":false", "\"applicationUnlimitedFlag\":true")]
    [InlineData("20.0", "0.0")]
    public void Read_AgreementWithoutALimitInHours_HasNoIncludedHours(string right, string other) =>
        Assert.Null(One<PsaAgreement>("finance-agreements.json", Change(Agreement, right, other)).IncludedHours);

    [Fact]
    public void Read_AgreementWithCycles_KeepsTheirNames()
    {
        var agreement = One<PsaAgreement>("finance-agreements.json", Change(Agreement, "\"cancelledFlag\":false", "\"billingCycle\":{\"id\":4,\"name\":\"Annually\"},\"applicationCycle\":\"CalendarYear\""));

        Assert.Equal(("Annually", "CalendarYear"), (agreement.BillingCycle, agreement.IncludedHoursCycle));
    }

    [Fact]
    public void Read_AgreementOfUnlimitedHours_CoversAllTime() =>
        Assert.True(One<PsaAgreement>("finance-agreements.json", Change(Agreement, "\"applicationUnlimitedFlag\":false", "\"applicationUnlimitedFlag\":true")).CoversAllTime);

    [Fact]
    public void Read_Addition_IsMapped() => Assert.Equal(
        new Addition
        {
            Id = Id(RecordKind.Addition, "5501"),
            Revision = new DateTimeOffset(2026, 7, 30, 8, 0, 0, TimeSpan.Zero),
            AgreementId = "88",
            Sku = "M365-BP",
            Description = "Microsoft 365 Business Premium",
            Quantity = 42m,
            LessIncluded = 2m,
            UnitPrice = 26.40m,
            UnitCost = 20.15m,
            Option = BillingOption.Billable,
            InForce = new Period(new DateOnly(2026, 1, 1), Period.NoEnd),
            Prorate = true,
        },
        One<Addition>("finance-agreements-additions.json", Addition));

    [Fact]
    public void Read_AdditionCancelled_IsNotChargedOnThatDay()
    {
        Assert.Equal(new DateOnly(2026, 9, 15), Cancelled("2026-09-15T00:00:00Z").End);
        Assert.Equal(Never, Cancelled("2026-01-01T00:00:00Z"));
        Assert.Equal(Never, Cancelled("2025-12-01T00:00:00Z"));

        static Period Cancelled(string date) =>
            One<Addition>("finance-agreements-additions.json", Change(Addition, "\"taxableFlag\":true", $"\"cancelledDate\":\"{date}\"")).InForce;
    }

    [Fact]
    public void Read_AgreementWorkRole_IsMapped()
    {
        const string Rate = """{"id":1,"agreementId":88,"workRole":{"id":5,"name":"Engineer"},"rateType":"Custom","rate":95.00,"effectiveDate":"2024-01-01T00:00:00Z","endingDate":"2024-06-30"}""";

        Assert.Equal(
            new AgreementRoleRate
            {
                Id = Id(RecordKind.AgreementRoleRate, "1"),
                AgreementId = "88",
                RoleId = "5",
                RoleName = "Engineer",
                HourlyRate = 95m,
                InForce = new Period(new DateOnly(2024, 1, 1), new DateOnly(2024, 7, 1)),
            },
            One<AgreementRoleRate>("finance-agreements-workroles.json", Rate));
        Assert.Equal(
            ["finance-agreements-workroles.json, line 1, column 76: rateType is 'Multiplier', expected Custom, a rate of its own; rates that adjust or multiply another cannot be read"],
            ImportFiles.Problems("finance-agreements-workroles.json", "[" + Change(Rate, "Custom", "Multiplier") + "]"));
    }

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

    private static RecordId Id(RecordKind kind, string id) => new("connectwise", kind, id);

    private static T One<T>(string fileName, string record)
        where T : CapturedRecord => Assert.Single(ImportFiles.Records<T>(fileName, "[" + record + "]"));

    private static string Change(string text, string right, string wrong)
    {
        Assert.Contains(right, text, StringComparison.Ordinal);
        return text.Replace(right, wrong, StringComparison.Ordinal);
    }
}
