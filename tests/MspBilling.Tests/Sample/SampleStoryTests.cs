using System.Text.Json;
using Xunit;

namespace MspBilling.Tests.Sample;

/// <summary>What makes the month worth closing: each special case is there, under the id that others rely on.</summary>
public sealed class SampleStoryTests
{
    private const string Agreements = "finance-agreements.json";
    private const string Additions = "finance-agreements-additions.json";
    private const string Phases = "project-phases.json";

    private static readonly IReadOnlyList<JsonElement> Entries = SampleReading.Records("time-entries.json");

    [Theory]
    [InlineData("IE-VAT", "Euro", 6)]
    [InlineData("DE-RC", "Euro", 2)]
    [InlineData("US-TX-AUSTIN", "US Dollars", 4)]
    public void Clients_ByTaxAndCurrency_AreAsManyAsTheStoryTells(string taxCode, string currency, int count) => Assert.Equal(
        count,
        SampleReading.Records("company-companies.json").Count(company =>
            company.TryGetProperty("taxCode", out var tax) && tax.Text("name") == taxCode && company.GetProperty("currency").Text("name") == currency));

    [Fact]
    public void Msp_AmongCompanies_IsInternal()
    {
        var msp = SampleReading.Numbered("company-companies.json", 1);

        Assert.Equal(("HARBOUR", "Internal"), (msp.Text("identifier"), msp.GetProperty("types")[0].Text("name")));
    }

    [Fact]
    public void Cost_OfTheContractor_IsUnknown() => Assert.Equal(
        ["GPAPADAKIS"],
        SampleReading.Records("system-members.json").Where(member => !member.TryGetProperty("hourlyCost", out _)).Select(member => member.Text("identifier")));

    [Fact]
    public void Agreement_SignedInMidMonth_IsProratedAndHasNoEarlierWork()
    {
        var agreement = SampleReading.Numbered(Agreements, 104);

        Assert.Equal("2024-09-12T00:00:00Z", agreement.Text("startDate"));
        Assert.True(agreement.GetProperty("prorateFlag").GetBoolean());
        Assert.All(ChargedTo(104), entry => Assert.True(entry.Instant("timeStart") >= agreement.Instant("startDate")));
    }

    [Fact]
    public void Agreement_EndedInAugust_IsStillChargedTo()
    {
        Assert.Equal("2024-08-31T00:00:00Z", SampleReading.Numbered(Agreements, 106).Text("endDate"));
        Assert.InRange(ChargedTo(106).Count, 5, 15);
    }

    [Fact]
    public void Retainers_OfTheMonth_AreOverdrawnAndLeftOver()
    {
        Assert.True(ChargedTo(108).Sum(entry => entry.Number("actualHours")) > 2 * SampleReading.Numbered(Agreements, 108).Number("applicationLimit"));
        Assert.InRange(
            ChargedTo(105).Sum(entry => entry.Number("actualHours")), 10m, SampleReading.Numbered(Agreements, 105).Number("applicationLimit") - 5m);
    }

    [Fact]
    public void Rate_OfAnArchitectAtAtlas_IsMissingThoughHeWorksThere()
    {
        var rates = SampleReading.Records("finance-agreements-workroles.json").Where(rate => rate.Number("agreementId") == 115);

        Assert.DoesNotContain(rates, rate => rate.GetProperty("workRole").Text("name") == "Architect");
        Assert.Contains(ChargedTo(115), entry => entry.GetProperty("workRole").Text("name") == "Architect");
    }

    [Fact]
    public void Rates_OfDollarAgreements_AreThereForEveryOtherRoleThatWorks()
    {
        var rates = SampleReading.Records("finance-agreements-workroles.json")
            .Select(rate => (rate.GetProperty("agreementId").GetInt32(), rate.IdOf("workRole"))).ToHashSet();
        var dollars = SampleReading.Records(Agreements)
            .Where(agreement => agreement.GetProperty("currency").Text("name") == "US Dollars").Select(each => each.Id()).ToHashSet();
        var missing = Entries.Where(entry => dollars.Contains(entry.IdOf("agreement")))
            .Select(entry => (entry.IdOf("agreement"), entry.IdOf("workRole"))).Distinct().Where(pair => !rates.Contains(pair));

        Assert.Equal([(115, 4)], missing);
    }

    [Theory]
    [InlineData(5508, "effectiveDate", "2024-09-14T00:00:00Z")]
    [InlineData(5529, "cancelledDate", "2024-09-20T00:00:00Z")]
    [InlineData(5545, "billCustomer", "NoCharge")]
    [InlineData(5556, "billCustomer", "Billable")]
    public void Addition_OfTheStory_IsThere(int id, string property, string value) =>
        Assert.Equal(value, SampleReading.Numbered(Additions, id).Text(property));

    [Fact]
    public void Addition_ThatCostsButHasNoPrice_IsTheOnlyOne() => Assert.Equal(
        [5556], SampleReading.Records(Additions)
            .Where(addition => addition.Number("unitPrice") == 0 && addition.Number("unitCost") > 0).Select(each => each.Id()));

    [Fact]
    public void Addition_WithIncludedQuantity_IsTheBackupStorage() => Assert.Equal(
        [(5544, 400m, 150m)],
        SampleReading.Records(Additions).Where(addition => addition.Number("lessIncluded") > 0)
            .Select(addition => (addition.Id(), addition.Number("quantity"), addition.Number("lessIncluded"))));

    [Fact]
    public void Milestones_ByCompletion_AreThreeInSeptemberOneBeforeAndOneOpen()
    {
        var milestones = SampleReading.Records(Phases).Where(phase => phase.GetProperty("markAsMilestoneFlag").GetBoolean()).ToList();

        Assert.Equal(
            [(9004, "2024-09-11"), (9005, "2024-08-27"), (9007, "2024-09-20"), (9009, ""), (9013, "2024-09-27")],
            milestones.Select(phase => (phase.Id(), phase.TryGetProperty("actualEnd", out var end) ? end.GetString()! : "")));
        Assert.All(milestones, phase => Assert.Equal(("FixedFee", true), (phase.Text("billingMethod"), phase.Number("poAmount") > 0)));
    }

    [Fact]
    public void Devices_OfTheStory_AreNewRetiredAndNotCharged()
    {
        var devices = SampleReading.Records("company-configurations.json");

        Assert.Equal(6, devices.Count(device => device.Text("installationDate").StartsWith("2024-09-", StringComparison.Ordinal)));
        Assert.Equal(8, devices.Count(device => !device.GetProperty("activeFlag").GetBoolean()));
        Assert.Equal(30, devices.Count(device => !device.GetProperty("billFlag").GetBoolean()));
    }

    [Fact]
    public void Entries_ThatPointNowhere_AreThreeForAStrangerAndFourWithoutAgreement()
    {
        Assert.Equal([90_031, 90_032, 90_033], Entries.Where(entry => entry.IdOf("company") == 999).Select(entry => entry.Id()));
        Assert.DoesNotContain(SampleReading.Records("company-companies.json"), company => company.Id() == 999);
        Assert.Equal(
            [90_041, 90_042, 90_043, 90_044],
            Entries.Where(entry => entry.IdOf("company") is not (1 or 999) && entry.IdOf("agreement") == 0).Select(entry => entry.Id()));
    }

    private static List<JsonElement> ChargedTo(int agreementId) => [.. Entries.Where(entry => entry.IdOf("agreement") == agreementId)];
}
