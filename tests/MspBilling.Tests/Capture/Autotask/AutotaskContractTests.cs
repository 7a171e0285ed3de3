using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Capture.Autotask;

/// <summary>Contracts and what belongs to them, each decision of the mapping.</summary>
public sealed class AutotaskContractTests
{
    private const string Labels = """
        "labels":{"Contracts.contractType":{"7":"Recurring Service","3":"Fixed Price"},"Contracts.contractPeriodType":{"1":"Monthly"},"ContractBlocks.status":{"0":"Inactive","1":"Active"},
        "ContractMilestones.status":{"0":"In Progress","1":"Ready to Bill","2":"Billed"}}
        """;

    private const string Contract = """
        {"id":29683580,"contractName":"Managed Gold","contractNumber":"","companyID":250,"contractType":7,"status":1,"startDate":"2026-01-01T00:00:00Z",
         "endDate":"2026-12-31T00:00:00Z","contractPeriodType":1,"setupFee":0.0,"billToCompanyID":null,"purchaseOrderNumber":"PO-1"}
        """;

    private const string Milestone = """
        {"id":77,"contractID":29683580,"title":"Cutover complete","amount":4800.00,"dateDue":"2026-08-12T00:00:00Z","status":1,"isInitialPayment":false,"billingCodeID":29682801}
        """;

    private static readonly Period Year2026 = new(new DateOnly(2026, 1, 1), new DateOnly(2027, 1, 1));

    [Fact]
    public void Read_Contract_IsMapped() => Assert.Equal(
        new PsaAgreement
        {
            Id = new RecordId("autotask", RecordKind.Agreement, "29683580"),
            CompanyId = "250",
            Name = "Managed Gold",
            TypeName = "Recurring Service",
            Term = Year2026,
            BillingCycle = "Monthly",
            PurchaseOrder = "PO-1",
        },
        Agreement(Contract));

    [Theory]
    [InlineData("\"contractType\":7", "\"contractType\":9", "contract type 9")]
    [InlineData("\"contractType\":7", "\"contractType\":null", "")]
    public void Read_TypeWithoutALabel_IsNamedByItsId(string right, string other, string type) => Assert.Equal(type, Agreement(Contract.Replace(right, other, StringComparison.Ordinal)).TypeName);

    [Fact]
    public void Read_ContractWithoutEnd_HasNone() =>
        Assert.Equal(new Period(new DateOnly(2026, 1, 1), Period.NoEnd), Agreement(Contract.Replace("\"2026-12-31T00:00:00Z\"", "null", StringComparison.Ordinal)).Term);

    [Fact]
    public void Read_ContractThatEndsBeforeItBegins_IsRefused() => Assert.Equal(
        ["autotask-contracts.json, line 3, column 12: contracts[0].endDate is '2025-12-31T00:00:00Z', expected a date not before startDate"],
        ImportFiles.Problems("autotask-contracts.json", $$"""{{{Labels}},"contracts":[{{Contract.Replace("2026-12-31", "2025-12-31", StringComparison.Ordinal)}}]}"""));

    [Theory]
    [InlineData("200 2026-01-01 2026-12-31", "200", "Contract year")]
    [InlineData("100 2026-01-01 2026-06-30,100 2026-07-01 2026-12-31", "100", "Contract half-year")]
    [InlineData("60 2026-07-01 2026-09-30,60 2026-10-01 2026-12-31,60 2026-01-01 2026-03-31,60 2026-04-01 2026-06-30", "60", "Contract quarter")]
    [InlineData("100 2026-01-01 2026-06-30,120 2026-07-01 2026-12-31", "100", "in blocks that differ")]
    [InlineData("100 2026-01-01 2026-06-30", "100", "in blocks that differ")] // nothing after June
    [InlineData("100 2026-01-01 2026-06-30,100 2026-08-01 2027-01-31", "100", "in blocks that differ")] // nothing in July
    [InlineData("200 2026-02-01 2027-01-31", "200", "in blocks that differ")] // not from the first day
    [InlineData("0 2026-01-01 2026-12-31", null, null)]
    public void Read_BlocksOfHours_AreIncludedHoursWhereTheyAreRegular(string blocks, string? hours, string? cycle)
    {
        var rows = blocks.Split(',').Select((block, index) => $$"""{"id":{{index}},"contractID":29683580,"hours":{{block.Split(' ')[0]}},"startDate":"{{block.Split(' ')[1]}}T00:00:00Z","endDate":"{{block.Split(' ')[2]}}T00:00:00Z","status":1}""");
        var agreement = Agreement(Contract, string.Join(',', rows) + """,{"id":99,"contractID":29683580,"hours":7,"startDate":"2026-01-01","endDate":"2026-12-31","status":0},{"id":98,"contractID":1,"hours":7,"startDate":"2026-01-01","endDate":"2026-12-31","status":1}""");

        Assert.Equal((hours, cycle), (agreement.IncludedHours?.ToString(System.Globalization.CultureInfo.InvariantCulture), agreement.IncludedHoursCycle));
    }

    [Fact]
    public void Read_ContractRate_HoldsForTheContractsTerm() => Assert.Equal(
        new AgreementRoleRate
        {
            Id = new RecordId("autotask", RecordKind.AgreementRoleRate, "5"),
            AgreementId = "29683580",
            RoleId = "9",
            RoleName = "Engineer",
            HourlyRate = 95m,
            InForce = Year2026,
        },
        One<AgreementRoleRate>("contract-rates", $$"""{"contractRates":[{"id":5,"contractID":29683580,"roleID":9,"contractHourlyRate":95.0}],"contracts":[{{Contract}}],"roles":[{"id":9,"name":"Engineer"}]}"""));

    [Fact]
    public void Read_ContractRateAlone_HoldsAlways()
    {
        var rate = One<AgreementRoleRate>("contract-rates", """{"contractRates":[{"id":5,"contractID":1,"roleID":9,"contractHourlyRate":95.0}]}""");

        Assert.Equal(("role 9", new Period(DateOnly.MinValue, Period.NoEnd)), (rate.RoleName, rate.InForce));
    }

    [Fact]
    public void Read_Milestone_IsOfItsContractAndItsOneProject() => Assert.Equal(
        new Milestone
        {
            Id = new RecordId("autotask", RecordKind.Milestone, "77"),
            AgreementId = "29683580",
            ProjectId = "600",
            Name = "Cutover complete",
            IsCompleted = true,
            CompletedOn = new DateOnly(2026, 8, 12),
            Amount = 4800m,
            Option = BillingOption.Billable,
            PurchaseOrder = "PO-1",
        },
        OneMilestone(Milestone, """{"id":600,"contractID":29683580},{"id":601,"contractID":1}"""));

    [Fact]
    public void Read_MilestoneOfTwoProjects_IsOfNone() =>
        Assert.Null(OneMilestone(Milestone, """{"id":600,"contractID":29683580},{"id":601,"contractID":29683580}""").ProjectId);

    [Theory]
    [InlineData("\"status\":0", false, null, BillingOption.Billable)]
    [InlineData("\"status\":2", true, "2026-08-12", BillingOption.BilledElsewhere)]
    [InlineData("\"status\":9", false, null, BillingOption.Billable)]
    public void Read_MilestoneOfAStatus_IsCompletedOrNot(string status, bool isCompleted, string? on, BillingOption option)
    {
        var milestone = OneMilestone(Milestone.Replace("\"status\":1", status, StringComparison.Ordinal), "");

        Assert.Equal((isCompleted, on is null ? null : DateOnly.Parse(on, System.Globalization.CultureInfo.InvariantCulture), option), (milestone.IsCompleted, milestone.CompletedOn, milestone.Option));
    }

    [Fact]
    public void Read_MilestoneOfOtherLabels_IsByTheSettings()
    {
        var milestone = One<Milestone>("contract-milestones", $$"""{"reading":{"readyMilestoneStatuses":["In Progress"]},{{Labels}},"contractMilestones":[{{Milestone.Replace("\"status\":1", "\"status\":0", StringComparison.Ordinal)}}]}""");

        Assert.True(milestone.IsCompleted);
    }

    [Fact]
    public void Read_ProjectOfAFixedPriceContract_IsPaidByMilestones()
    {
        const string project = """{"id":600,"projectName":"Server migration","companyID":250,"contractID":29683580,"lastActivityDateTime":"2026-08-20T10:00:00Z"}""";
        var fixedPrice = One<Project>("projects", $$"""{{{Labels}},"projects":[{{project}}],"contracts":[{{Contract.Replace("\"contractType\":7", "\"contractType\":3", StringComparison.Ordinal)}}]}""");

        Assert.Equal(
            new Project { Id = new RecordId("autotask", RecordKind.Project, "600"), Revision = new DateTimeOffset(2026, 8, 20, 10, 0, 0, TimeSpan.Zero), Name = "Server migration", CompanyId = "250", IsFixedFee = true },
            fixedPrice);
        Assert.False(One<Project>("projects", $$"""{{{Labels}},"projects":[{{project}}],"contracts":[{{Contract}}]}""").IsFixedFee);
    }

    private static Milestone OneMilestone(string milestone, string projects) =>
        One<Milestone>("contract-milestones", $$"""{{{Labels}},"contractMilestones":[{{milestone}}],"contracts":[{{Contract}}],"projects":[{{projects}}]}""");

    private static PsaAgreement Agreement(string contract, string blocks = "") => One<PsaAgreement>("contracts", $$"""{{{Labels}},"contracts":[{{contract}}],"contractBlocks":[{{blocks}}]}""");

    private static T One<T>(string feed, string page)
        where T : CapturedRecord => ImportFiles.Records<T>($"autotask-{feed}.json", page).Single();
}
