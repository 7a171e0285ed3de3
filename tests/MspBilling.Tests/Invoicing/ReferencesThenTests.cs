using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>What of today's records fills a gap of those that a period was billed with, and what does not.</summary>
public sealed class ReferencesThenTests
{
    private static readonly TaxRate Old = new("VAT", 21, Days.Between("2020-01-01", "2024-01-01"));
    private static readonly TaxRate Current = new("VAT", 23, Days.From("2024-01-01"));

    // Then; now; as the period is priced.
    [Theory]
    [InlineData(95, 105, 95)]
    [InlineData(0, 105, 105)]
    [InlineData(null, 105, 105)]
    [InlineData(95, null, 95)]
    public void FillGaps_RateOfARole_IsKeptWhereThereWasOne(int? then, int? now, int? expected) =>
        Assert.Equal(expected, Filled([Records.Role("1", then)], [Records.Role("1", now)]).OfType<WorkRole>().Single().HourlyRate);

    [Theory]
    [InlineData(80, 90, 80)]
    [InlineData(0, 90, 90)]
    public void FillGaps_RateOfARoleOnAnAgreement_IsKeptWhereThereWasOne(int then, int now, int expected) =>
        Assert.Equal(expected, Filled([Records.RoleRate("1", then)], [Records.RoleRate("1", now)]).OfType<AgreementRoleRate>().Single().HourlyRate);

    // A rate on the agreement that is new: whether it counts, by what the role had then.
    [Theory]
    [InlineData("nothing", true)]
    [InlineData("a rate of the role", false)]
    [InlineData("a rate of another role", true)]
    [InlineData("a rate card by the role's name", false)]
    [InlineData("a rate card for all", false)]
    [InlineData("a rate card for a person", true)]
    [InlineData("a rate of the agreement's type", false)]
    public void FillGaps_NewRateOnAnAgreement_CountsWhereItsRoleHadNone(string had, bool counts)
    {
        var card = (TimeRate rate) => Records.Settings with { RateCards = [new RateCard(Currencies.EUR, [rate])] };
        CapturedRecord[] then = had switch
        {
            "a rate of the role" => [Records.Settings, Records.Agreement(), Records.Role("1", 95)],
            "a rate of another role" => [Records.Settings, Records.Agreement(), Records.Role("2", 95)],
            "a rate card by the role's name" => [card(new TimeRate(95, Lines.Always, Role: "Role 1")), Records.Agreement()],
            "a rate card for all" => [card(new TimeRate(95, Lines.Always)), Records.Agreement()],
            "a rate card for a person" => [card(new TimeRate(95, Lines.Always, Person: "Nora Kelly")), Records.Agreement()],
            "a rate of the agreement's type" =>
                [Records.Settings with { AgreementTypes = [new AgreementType(Records.TypeName, [Lines.Time() with { Rates = [new TimeRate(95, Lines.Always)] }])] }, Records.Agreement()],
            _ => [Records.Settings, Records.Agreement()],
        };

        Assert.Equal(counts, ReferencesThen.FillGaps(then, [.. then, Records.RoleRate("1", 80)]).OfType<AgreementRoleRate>().Any());
    }

    [Theory]
    [InlineData(null, "IE", "IE")]
    [InlineData("IE", "UK", "IE")]
    public void FillGaps_TaxCodeOfACompany_IsKeptWhereThereWasOne(string? then, string? now, string? expected) => Assert.Equal(
        (expected, "Corrib Foods"),
        Filled([Records.Company() with { TaxCode = then }], [Records.Company(name: "Corrib Foods Ltd") with { TaxCode = now }]).OfType<Company>().Select(c => (c.TaxCode, c.Name)).Single());

    [Fact]
    public void FillGaps_MissingRecords_AreThere() => Assert.Equal(
        [RecordKind.Company, RecordKind.Agreement, RecordKind.WorkRole, RecordKind.Project],
        Filled([Records.Company()], [Records.Company(), Records.Agreement(), Records.Role("1", 95), Records.Project("701")]).Select(record => record.Id.Kind));

    [Fact]
    public void FillGaps_RecordThatIsGone_Stays() =>
        Assert.Equal(["101"], Filled([Records.Agreement()], []).OfType<PsaAgreement>().Select(agreement => agreement.Id.ExternalId));

    // An agreement in the own form: of the client alone, or for one of the PSA that was billed.
    [Theory]
    [InlineData(null, true)]
    [InlineData("101", false)]
    [InlineData("102", true)]
    public void FillGaps_NewAgreement_CountsUnlessThePsasWasBilled(string? psaAgreement, bool counts) => Assert.Equal(
        counts, Filled([Records.Agreement()], [Records.Agreement(), Document(("2024-01-01", null, 10)) with { PsaAgreement = psaAgreement }]).OfType<AgreementDocument>().Any());

    // A version for days that had none counts; the days that were agreed stay as they were.
    [Fact]
    public void FillGaps_VersionsOfAnAgreement_CountOnDaysThatHadNone()
    {
        var then = Document(("2024-03-01", "2024-07-01", 10));
        var now = Document(("2024-01-01", "2024-03-01", 20), ("2024-03-01", "2024-07-01", 30), ("2024-07-01", null, 40));

        Assert.Equal(
            ["2024-01-01 20", "2024-03-01 10", "2024-07-01 40"],
            Filled([then], [now]).OfType<AgreementDocument>().Single().Versions.Select(version => FormattableString.Invariant($"{version.InForce.Start:yyyy-MM-dd} {((ExpensesLine)version.Lines[0]).MarkupPercent}")));
    }

    [Fact]
    public void FillGaps_Settings_TakeWhatWasNotKnownAndKeepTheRest()
    {
        var then = Records.Settings with
        {
            TaxJurisdictions = [new TaxJurisdiction("IE", "Ireland", "Then", [Current])],
            CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")],
            RateCards = [new RateCard(Currencies.EUR, [new TimeRate(95, Days.From("2024-01-01"), Role: "1")])],
            Rules = [],
        };
        var now = then with
        {
            Name = "Harbour IT Group",
            ApprovedTimeStatuses = ["Billed", "Approved"],
            CurrencyNames = new Dictionary<string, Currency> { ["Euro"] = Currencies.USD, ["Yen"] = Currencies.JPY },
            TaxJurisdictions = [new TaxJurisdiction("IE", "Ireland", "Now", [Old, Current with { Percent = 25 }]), new TaxJurisdiction("UK", "United Kingdom", null, [Current])],
            CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO999"), new CloudAccount("AWS", "sub-1", "CO250")],
            RateCards =
            [
                new RateCard(Currencies.EUR, [new TimeRate(105, Days.From("2024-01-01"), Role: "1"), new TimeRate(85, Days.Between("2023-01-01", "2024-01-01"), Role: "1"), new TimeRate(120, Lines.Always, Role: "2")]),
                new RateCard(Currencies.USD, [new TimeRate(110, Lines.Always)]),
            ],
            Calendars = [WorkCalendar.Standard],
            Rules = [new CustomRule("r", "R", Lines.Always, new ActivityMatch(), new Waive())],
        };

        var filled = ReferencesThen.FillGaps([then], [now]).OfType<MspSettings>().Single();

        Assert.Equal(("Harbour IT", 0), (filled.Name, filled.Rules.Count)); // no gap is filled by a name or an exception
        Assert.Equal(["Approved", "Billed"], filled.ApprovedTimeStatuses);
        Assert.Equal([("Euro", "EUR"), ("US Dollar", "USD"), ("Yen", "JPY")], filled.CurrencyNames.Select(pair => (pair.Key, pair.Value.Code)).Order());
        Assert.Equal(["IE Then 23 21", "UK  23"], filled.TaxJurisdictions.Select(j => $"{j.Id} {j.Note} {string.Join(' ', j.Rates.Select(rate => rate.Percent))}"));
        Assert.Equal(["Azure sub-1 CO250", "AWS sub-1 CO250"], filled.CloudAccounts.Select(account => $"{account.Provider} {account.SubAccountId} {account.Client}"));
        Assert.Equal(["EUR 95 85 120", "USD 110"], filled.RateCards.Select(card => $"{card.Currency.Code} {string.Join(' ', card.Rates.Select(rate => rate.Price))}"));
        Assert.Equal(["standard"], filled.Calendars.Select(calendar => calendar.Name));
    }

    // Lines that a type has got since: those that work waited for.
    [Fact]
    public void FillGaps_LinesOfAType_AreThoseThatWorkWaitedFor()
    {
        AgreementLine[] now =
        [
            Lines.Fee(), Lines.Time() with { Id = "hours" }, Lines.Cloud(), Lines.Cloud() with { Id = "least", Minimum = 100 }, Lines.Milestones(), Lines.Expenses(), Lines.Device("Server", 50),
            Lines.Additions(), Lines.Discount("Loyal", [], 5, Lines.Always),
        ];

        Assert.Equal(["time", "hours", "cloud", "milestones", "expenses", "devices-Server"], TypeLines([Lines.Time()], now).Select(line => line.Id));
    }

    [Fact]
    public void FillGaps_LineOfAType_TakesRatesPricesAndConversionsThatItLacked()
    {
        ConversionRate rate = new(Currencies.USD, 0.9m, Lines.Always);
        var devices = Lines.Device("Server", 50);

        var lines = TypeLines(
            [Lines.Time() with { Rates = [new TimeRate(95, Lines.Always, Role: "1")] }, Lines.Cloud(), devices with { Prices = [] }],
            [Lines.Time() with { Rates = [new TimeRate(105, Lines.Always, Role: "1"), new TimeRate(120, Lines.Always, Role: "2")] }, Lines.Cloud(markupPercent: 50) with { Conversions = [rate] }, devices]);

        Assert.Equal([95m, 120], ((TimeLine)lines[0]).Rates.Select(r => r.Price));
        Assert.Equal((rate, new CostMarkup(0)), (((UsageLine)lines[1]).Conversions.Single(), ((UsageLine)lines[1]).Pricing));
        Assert.Equal(50, ((RecurringLine)lines[2]).Prices.Single().Price);
    }

    [Fact]
    public void FillGaps_LineThatWasPriced_StaysAsItWas()
    {
        ConversionRate then = new(Currencies.USD, 0.9m, Lines.Always);

        var lines = TypeLines(
            [Lines.Cloud() with { Conversions = [then] }, Lines.Device("Server", 50), Lines.Fee()],
            [Lines.Cloud() with { Conversions = [then with { Rate = 0.8m }] }, Lines.Device("Server", 60), Lines.Fee() with { Prices = [new DatedPrice(500, Lines.Always)] }]);

        Assert.Equal(then, ((UsageLine)lines[0]).Conversions.Single());
        Assert.Equal(50, ((RecurringLine)lines[1]).Prices.Single().Price);
        Assert.Empty(((RecurringLine)lines[2]).Prices); // a fee: nothing that was done waited for it
    }

    [Fact]
    public void FillGaps_NothingChanged_GivesTheSameBytes()
    {
        CapturedRecord[] records = [Records.Settings, Records.Company(), Records.Agreement(), Records.Role("1", 95), Records.RoleRate("2", 80), Records.Project("701")];

        Assert.Equal(ReferencesThen.Serialize(records), ReferencesThen.Serialize(ReferencesThen.FillGaps(records, [.. Enumerable.Reverse(records)])));
    }

    private static IReadOnlyList<AgreementLine> TypeLines(IReadOnlyList<AgreementLine> then, IReadOnlyList<AgreementLine> now) => ReferencesThen.FillGaps(
        [Records.Settings with { AgreementTypes = [new AgreementType(Records.TypeName, then)] }],
        [Records.Settings with { AgreementTypes = [new AgreementType(Records.TypeName, now)] }]).OfType<MspSettings>().Single().AgreementTypes.Single().Lines;

    private static IReadOnlyList<CapturedRecord> Filled(IReadOnlyList<CapturedRecord> then, IReadOnlyList<CapturedRecord> now) =>
        [.. ReferencesThen.FillGaps([Records.Settings, .. then], [Records.Settings, .. now]).Skip(1)];

    private static AgreementDocument Document(params IReadOnlyList<(string From, string? To, decimal Markup)> versions) => new()
    {
        Id = new RecordId("msp", RecordKind.AgreementDocument, "own"),
        Client = "CO250",
        Name = "Own",
        Currency = Currencies.EUR,
        Versions = [.. versions.Select((v, i) => new AgreementVersion(i + 1, v.To is null ? Days.From(v.From) : Days.Between(v.From, v.To), [Lines.Expenses(markupPercent: v.Markup)], []))],
    };
}
