using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;
using static MspBilling.Tests.Capture.ConnectWise.OneRecord;

namespace MspBilling.Tests.Capture.ConnectWise;

/// <summary>The vendor's own samples of agreements, additions and work roles, and each decision of their mapping.</summary>
public sealed class ConnectWiseAgreementFilesTests
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

    private static readonly Period Never = new(DateOnly.MinValue, DateOnly.MinValue.AddDays(1));

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
}
