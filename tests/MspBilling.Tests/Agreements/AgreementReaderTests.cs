using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Tests.Capture;
using Xunit;

namespace MspBilling.Tests.Agreements;

public sealed class AgreementReaderTests
{
    [Fact]
    public void Read_FullDocument_IsWhatItSays()
    {
        var agreement = AgreementFiles.Document;

        Assert.Equal(new RecordId("msp", RecordKind.AgreementDocument, "atlas-gold"), agreement.Id);
        Assert.Null(agreement.Revision);
        Assert.Equal(("ATLAS", "88", "Atlas Gold", Currency.Of("EUR"), "PO-7", "ireland"), (agreement.Client, agreement.PsaAgreement, agreement.Name, agreement.Currency, agreement.PurchaseOrder, agreement.Calendar));
        Assert.Equal([(1, Days("2025-01-01", "2026-01-01")), (2, Days("2026-01-01", null))], agreement.Versions.Select(version => (version.Number, version.InForce)));

        var fee = Assert.IsType<RecurringLine>(agreement.Versions[0].Lines[0]);
        Assert.Equal(("fee", "Managed services", "Gold fee", "site", 3), (fee.Id, fee.Service, fee.Description, fee.Unit, fee.CycleMonths));
        Assert.Equal([new DatedPrice(1500.50m, Days("0001-01-01", "2025-07-01")), new DatedPrice(1600m, Days("2025-07-01", null))], fee.Prices);
        Assert.Equal((Date("2025-01-31"), BillingTiming.Advance, Proration.ThirtyDays, new Trial(Date("2025-02-01"), 50m), new Uplift(Date("2025-10-01"), 4m)), (fee.Anchor, fee.Timing, fee.Proration, fee.Trial, fee.Uplift));

        var lines = agreement.Versions[1].Lines.ToDictionary(line => line.Id);
        Assert.Equal([new QuantityStep(Date("2026-01-01"), 40m), new QuantityStep(Date("2026-03-14"), 42.5m)], Assert.IsType<AgreedQuantity>(((RecurringLine)lines["seats"]).Quantity).Steps);
        Assert.Equal([new Tier(10m, 9.99m, 5m), new Tier(25.5m, 8m), new Tier(null, 7m)], Assert.IsType<GraduatedPrice>(((RecurringLine)lines["seats"]).Pricing).Tiers);
        Assert.Equal(new CountQuantity(Aggregation.TimeWeighted), ((RecurringLine)lines["mailboxes"]).Quantity);
        var time = Assert.IsType<TimeLine>(lines["time"]);
        Assert.Equal(new TimeOfDay(new TimeOnly(18, 0), new TimeOnly(8, 0)), time.Match!.TimeOfDay);
        Assert.Equal([DayOfWeek.Saturday, DayOfWeek.Sunday], time.Match.Weekdays!);
        Assert.Equal(new TimeRate(150m, Days("2026-01-01", "2026-07-01"), Role: "Senior"), time.Rates[1]);
        Assert.Equal((0.5m, 0.25m, RoundingScope.TicketDay, 1.5m, 1.75m, 2m), (time.MinimumHours, time.IncrementHours, time.RoundedBy, time.AfterHoursFactor, time.WeekendFactor, time.HolidayFactor));
        Assert.Equal((new Overtime(8m, 40m, 1.25m), 45m), (time.Overtime, time.Travel!.PricePerTrip));
        Assert.Equal(new TimeCap(CapScope.Project, 20000m, "701"), time.Caps[1]);
        var hours = Assert.IsType<RetainerLine>(lines["hours"]);
        Assert.Equal((10m, 6, 2, 125m, new TopUp(2m, 11m, 1000m, 12)), (hours.Included, hours.CycleMonths, hours.RollOverCycles, hours.OverageRate, hours.TopUp));
        Assert.Equal([new RetainerBlock(Date("2026-02-01"), 20m, Date("2027-02-01"), 2000m)], hours.Blocks);
        Assert.True(((RetainerLine)lines["everything"]).IsUnlimited);
        var azure = Assert.IsType<UsageLine>(lines["azure"]);
        Assert.Equal((new CostMarkup(15m, 0.01m), UsageGrouping.Account, 100m, 5000m, true), (azure.Pricing, azure.GroupBy, azure.Minimum, azure.Maximum, azure.CreditsLowerUse));
        Assert.Equal(new ConversionRate(Currency.Of("USD"), 0.92m, Days("0001-01-01", "2026-02-01")), azure.Conversions[0]);
        Assert.Equal((30000m, 5000m, Date("2026-02-15"), 29000m), ((MilestonesLine)lines["milestones"]).Projects[0] is var p ? (p.Price, p.Deposit, p.DepositOn, p.Cap) : default);
        Assert.Equal(10m, ((ExpensesLine)lines["expenses"]).MarkupPercent);
        var loyalty = Assert.IsType<DiscountLine>(lines["loyalty"]);
        Assert.Equal((5m, DiscountScope.Services, Days("2026-02-01", "2027-02-01"), 6), (loyalty.Percent, loyalty.Scope, loyalty.InForce, loyalty.FirstPeriods));

        var rules = agreement.Versions[1].Rules;
        Assert.Equal(("weekend", "Weekend flat", Days("2026-02-01", "2026-09-01"), new SetPrice(80m), true), (rules[0].Id, rules[0].Name, rules[0].InForce, (SetPrice)rules[0].Effect, rules[0].Ends));
        Assert.Equal([new MultiplyPrice(1.2m), new CapAmount(10000m), new Waive(), new Reclassify("Junior", "Remote", "X", "Server"), new HoldIt("a test SKU")], rules.Skip(1).Select(rule => rule.Effect));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"none\"")]
    public void Read_NoVersions_AsksForOne(string versions) => Assert.StartsWith(
        "agreements.json, line 1, column 73: versions is '" + versions.Trim('"') + "', expected ",
        Assert.Single(ImportFiles.Problems("agreements.json", "{\"id\":\"a\",\"client\":\"A\",\"name\":\"A\",\"currency\":\"EUR\", \"versions\":         " + versions + "}")), StringComparison.Ordinal);

    [Fact]
    public void Read_EmptyObject_NamesWhatIsRequired() => Assert.Equal(
        ["id", "client", "name", "currency", "versions"], ImportFiles.Read("agreements.json", "{}").Problems.Select(problem => problem.Field));

    [Fact]
    public void Read_TrialThatOutlivesTheAgreement_IsRefused() => Assert.Equal(
        ["versions[0].lines[0].trial.until"],
        ImportFiles.Read("agreements.json", Small("a", "\"trial\": { \"until\": \"2026-07-02\" }, ")).Problems.Select(problem => problem.Field));

    [Fact]
    public void Read_TrialToTheLastDay_IsRead() => Assert.Single(ImportFiles.Records<AgreementDocument>("agreements.json", Small("a", "\"trial\": { \"until\": \"2026-07-01\" }, ")));

    [Fact]
    public void Read_List_IsEachAgreementOnce()
    {
        Assert.Equal(["a", "b"], ImportFiles.Records<AgreementDocument>("agreements@2.json", $"[{Small("a")}, {Small("b")}]").Select(agreement => agreement.Id.ExternalId));
        Assert.Equal(
            ["agreements.json, line 3, column 9: id is 'a', expected each agreement once"],
            ImportFiles.Problems("agreements.json", $"[{Small("a")},\n{Small("a")}]"));
        Assert.Equal(
            ["agreements.json, line 3, column 49: psaAgreement is '88', expected an agreement of the PSA that no other document prices"],
            ImportFiles.Problems("agreements.json", $"[{Small("a", psa: "\"psaAgreement\": \"88\", ")},\n{Small("b", psa: "\"psaAgreement\": \"88\", ")}]"));
    }

    [Fact]
    public void Read_OneOfAListIsWrong_ReadsNone() =>
        Assert.Single(ImportFiles.Problems("agreements.json", $"[{Small("a")}, {Small("b", "\"cycleMonths\": 5, ")}]"));

    [Fact]
    public void Read_TooLargeForItsRow_IsRefused()
    {
        var lines = string.Join(",", Enumerable.Range(0, 4_000).Select(i => $"{{\"kind\":\"expenses\",\"id\":\"l{i}\",\"service\":\"{new string('x', 100)}\"}}"));
        var problem = Assert.Single(ImportFiles.Read("agreements.json", $"{{\"id\":\"a\",\"client\":\"A\",\"name\":\"A\",\"currency\":\"EUR\",\"versions\":[{{\"from\":\"2026-01-01\",\"lines\":[{lines}]}}]}}").Problems);
        Assert.Equal(("versions", "terms of at most 500,000 bytes; divide the agreement into several"), (problem.Field, problem.Expected));
    }

    private static string Small(string id, string more = "", string psa = "") =>
        $$"""
        { "id": "{{id}}", "client": "ATLAS", {{psa}}"name": "A", "currency": "EUR", "versions": [ { "from": "2026-01-01", "to": "2026-07-01", "lines": [
          { "kind": "recurring", "id": "fee", "service": "S", {{more}}"quantity": { "of": "flat" }, "prices": [ { "price": 1 } ] } ] } ] }
        """;

    private static Period Days(string start, string? end) => new(Date(start), end is null ? Period.NoEnd : Date(end));

    private static DateOnly Date(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
