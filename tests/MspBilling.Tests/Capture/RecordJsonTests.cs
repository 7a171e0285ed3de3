using System.Globalization;
using System.Text;
using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Capture;

public sealed class RecordJsonTests
{
    public static TheoryData<CapturedRecord> EveryKind => new()
    {
        Records.Settings with
        {
            LogoPng = [137, 80, 78, 71],
            Clients = [new ClientSettings("CO250", "America/Chicago", "en-US", PaymentTerms.Net(14), "IE1234567A") { Country = "US" }],
            CloudAccounts = [new CloudAccount("Azure", "sub-1", "CO250")],
            AgreementTypes =
            [
                new AgreementType(
                    "Gold",
                    [
                        Lines.Fee("Managed", "Monthly fee"), Lines.Additions("Seats"), Lines.Device("Server", 49.50m, "Devices"),
                        Lines.Time("Time", 0.25m, 0.25m), Lines.Cloud("Cloud", 15), Lines.Milestones("Projects"),
                        Lines.Discount("Welcome", ["Seats"], 5, Days.From("2024-01-01")),
                    ]),
            ],
        },
        Records.Company() with { AddressLines = ["1 Quay \"St.\"", "Dún Laoghaire <A96>"], CurrencyName = "Euro" },
        Records.Agreement() with { MonthlyFee = 2400.50m, IncludedHours = 20, Term = Days.Between("2024-01-01", "2025-01-01") },
        Records.RoleRate("1", 95.125m),
        Records.Role("1", null),
        new Technician { Id = new RecordId("connectwise", RecordKind.Technician, "7"), Name = "Nora", HourlyCost = 41.2m, DailyCapacity = 7.5m },
        new Ticket { Id = new RecordId("connectwise", RecordKind.Ticket, "9"), Summary = "Printer", IsClosed = true },
        Records.Project("701", isFixedFee: true),
        Records.Time("1", 0.42m) with { Revision = Days.At("2024-09-11T08:00:00.123Z"), Notes = "Zażółć 🖨", Option = BillingOption.NoCharge },
        Records.Addition("1", 42, 26.40m) with { LessIncluded = 2, UnitCost = 0.0000001m },
        Records.Device("1") with { InstalledOn = Days.On("2024-02-29") },
        Records.Milestone("1", 7250m, completedOn: null),
        Records.Usage("1", -0.00000000012m),
        new UsageExport { Id = new RecordId("focus", RecordKind.UsageExport, "/subscriptions/1f0c"), Provider = "Microsoft", Days = Period.Month(2024, 9), SubAccountId = "1f0c" },
        Records.Expense("1", 2, 19.90m),
        Records.Count("1", 42),
        Decisions.Withdraw(Decisions.Release(Records.Time("1", 1), Core.Rating.Reason.HeldByRule, "Big work: ask the owner") with { OfPart = true, Hours = 1, Value = Eur(95) }),
        Edits.Own(12.5m),
        new ReceivedPayment
        {
            Id = new RecordId("csv", RecordKind.Payment, "TRN-1"), Line = 2, Client = "CORRIB", Invoices = ["HL-1", "HL-2"], Date = Days.On("2024-10-31"), Amount = Eur(12.5m), IsPrepayment = true,
            Expires = Days.On("2024-12-31"), Agreement = "101",
        },
        new Mapping
        {
            Id = Mapping.IdOf(MappedThing.Client, "toggl", "Corrib/Foods"), Revision = Days.At("2024-09-30T09:00:00Z"), What = MappedThing.Client, Source = "toggl", From = "Corrib/Foods", To = "cw-250", By = "Nora Kelly", Why = "asked",
        },
        Sides.Accepted("Microsoft:CFQ7/TTC0", DiscrepancyKind.OverBilled, 2.5m, "2024-12-31") with { Revision = Days.At("2024-09-30T09:00:00Z") },
        new AgreementDocument
        {
            Id = new RecordId("msp", RecordKind.AgreementDocument, "gold"),
            Client = "CO250",
            Name = "Gold",
            Currency = EUR,
            Versions = [new AgreementVersion(1, Days.From("2024-01-01"), [Lines.Time(), Lines.Expenses(markupPercent: 10)], [new CustomRule("night", "Night work", Lines.Always, new ActivityMatch(), new MultiplyPrice(1.5m))])],
        },
    };

    [Fact]
    public void EqualTexts_OfOneMonth_AreOneObject()
    {
        var first = Read(Records.Time("1", 1) with { RoleName = "Engineer", WorkType = "Remote" });
        var second = Read(Records.Time("2", 2) with { RoleName = "Engineer", WorkType = "Onsite" });

        Assert.Same(first.RoleName, second.RoleName);
        Assert.Equal(("Remote", "Onsite"), (first.WorkType, second.WorkType));

        static TimeEntry Read(TimeEntry entry) => RecordJson.Deserialize<TimeEntry>(RecordJson.Serialize(entry));
    }

    // Texts of all lengths and with what JSON escapes; many of them share a place.
    [Fact]
    public void Texts_ManyAfterOneAnother_AreReadAsWritten() => Gen.OneOf(Gen.String, Gen.String[Gen.Char["ab\"\\é🖨\n"], 0, 80], Gen.Int.Select(number => $"#{number}")).Array[0, 60].Sample(
        texts => Assert.Equal(texts.Select(Valid), RecordJson.Deserialize<string[]>(RecordJson.Serialize(texts.Select(Valid)))), iter: 10_000);

    // Half a surrogate pair cannot be written in UTF-8.
    private static string Valid(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    [Fact]
    public void EveryKind_IsEveryRecordType() => Assert.Equal(
        typeof(CapturedRecord).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(CapturedRecord)) && !type.IsAbstract).Select(type => type.Name).Order(StringComparer.Ordinal),
        EveryKind.Select(row => row.Data.GetType().Name).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(EveryKind), DisableDiscoveryEnumeration = true)]
    public void RoundTrip_Record_IsTheSameTypeAndBytes(CapturedRecord record)
    {
        var json = RecordJson.Serialize(record);
        var read = RecordJson.Deserialize<CapturedRecord>(json);

        Assert.IsType(record.GetType(), read);
        Assert.Equal(record.Id, read.Id);
        Assert.Equal(record.Revision, read.Revision);
        Assert.Equal(Encoding.UTF8.GetString(json), Encoding.UTF8.GetString(RecordJson.Serialize(read)));
        Assert.Equal((record as Activity)?.Captured, (read as Activity)?.Captured);
    }

    [Theory]
    [MemberData(nameof(EveryKind), DisableDiscoveryEnumeration = true)]
    public void ContentHash_OtherRevision_IsTheSame(CapturedRecord record)
    {
        var hash = RecordJson.ContentHash(record);

        Assert.Matches("^[0-9a-f]{64}$", hash);
        Assert.Equal(hash, RecordJson.ContentHash(record with { Revision = Days.At("2030-01-01T00:00Z") }));
        Assert.NotEqual(hash, RecordJson.ContentHash(record with { Id = record.Id with { ExternalId = "other" } }));
    }

    [Theory]
    [InlineData("1.50", "1.5")]
    [InlineData("1.5", "1.5")]
    [InlineData("100", "100")]
    [InlineData("100.000", "100")]
    [InlineData("0.00", "0")]
    [InlineData("-0.00", "0")]
    [InlineData("-2.500", "-2.5")]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("7.9228162514264337593543950335", "7.9228162514264337593543950335")]
    public void Serialize_Decimal_HasNoTrailingZeros(string value, string json) =>
        Assert.Equal(json, Text(decimal.Parse(value, CultureInfo.InvariantCulture)));

    [Fact]
    public void Serialize_NegativeZero_IsZero() => Assert.Equal("0", Text(decimal.Negate(0.00m)));

    [Fact]
    public void Serialize_AnyDecimal_ReadsBackEqual() => Gen.Decimal.Sample(
        value => Assert.Equal(value, RecordJson.Deserialize<decimal>(RecordJson.Serialize(value))), iter: 10_000);

    [Fact]
    public void Serialize_Values_AreAsDocumented()
    {
        Assert.Equal("""{"amount":12.3,"currency":"EUR"}""", Text(Eur(12.30m)));
        Assert.Equal("""{"amount":0.0000004,"currency":"USD"}""", Text(new UnitPrice(0.0000004m, USD)));
        Assert.Equal("""{"start":"2024-09-01","end":"2024-10-01"}""", Text(Days.September));
        Assert.Equal("""{"start":"2024-09-01"}""", Text(Days.From("2024-09-01")));
        Assert.Equal(Days.From("2024-09-01"), RecordJson.Deserialize<Period>("""{"start":"2024-09-01"}"""u8));
        Assert.Equal("\"doNotBill\"", Text(BillingOption.DoNotBill));
    }

    [Theory]
    [InlineData("""{"amount":12.345,"currency":"EUR"}""")] // a third place
    [InlineData("""{"amount":12,"currency":"Euro"}""")]
    [InlineData("""{"amount":12,"amount":13,"currency":"EUR"}""")]
    [InlineData("""{"amount":"12","currency":"EUR"}""")]
    public void Deserialize_MoneyThatIsNone_IsRefused(string json) =>
        Assert.ThrowsAny<Exception>(() => RecordJson.Deserialize<Money>(Encoding.UTF8.GetBytes(json)));

    private static string Text<T>(T value) => Encoding.UTF8.GetString(RecordJson.Serialize(value));
}
