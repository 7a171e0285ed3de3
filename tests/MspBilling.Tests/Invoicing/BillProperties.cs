using System.Globalization;
using System.Text;
using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>What holds of every bill, whatever was captured and agreed.</summary>
public sealed class BillProperties
{
    private const int Cases = 10_000;

    [Fact]
    public void AnyMonth_Conserves() => RandomMonths.All.Sample(
        given =>
        {
            var (month, activities) = given;
            var counted = RandomMonth.Of(month, activities);
            var rated = month.Rate(counted);

            // Counted here once more, and not by Conservation itself.
            Assert.Equal(Total(counted.Select(a => a.Captured)), Total(rated.Dispositions.Select(d => d.Quantity)));
            foreach (var activity in counted)
            {
                var shares = rated.Dispositions.Where(d => d.Activity == activity.Id).ToList();
                Assert.Equal(activity.Captured, Total(shares.Select(d => d.Quantity)));
                Assert.NotEmpty(shares);
                Assert.All(shares, d => Assert.Equal(d.Kind == DispositionKind.Billed, d.Reason is null));
            }

            Assert.DoesNotContain(month.Bill(activities).Dispositions, d => d.Reason == Reason.Quarantined);
        },
        iter: Cases);

    [Fact]
    public void AnyOrderOfArrival_GivesTheSameBytes() => RandomMonths.All.SelectMany(given => Gen.Shuffle(given.Activities).Select(shuffled => (given.Month, given.Activities, shuffled))).Sample(
        given => Assert.Equal(Bytes(given.Month.Bill(given.Activities)), Bytes(given.Month.Bill(given.shuffled))),
        iter: Cases);

    [Fact]
    public void AnyMonth_Again_GivesTheSameBytes() => RandomMonths.All.Sample(
        given =>
        {
            var bytes = Bytes(given.Month.Bill(given.Activities));

            Assert.Equal(bytes, Bytes(given.Month.Bill(given.Activities)));
            Assert.Equal(bytes, Bytes(RecordJson.Deserialize<ClientBill>(Encoding.UTF8.GetBytes(bytes))));
        },
        iter: Cases);

    [Fact]
    public void AnyMonth_FromTheRecordsBehindTheClientAlone_GivesTheSameBytes() => RandomMonths.All.Sample(
        given =>
        {
            var alone = ClientDirectory.Of([.. given.Month.Directory.RecordsBehind(Records.ClientId)]);

            Assert.Equal(Bytes(given.Month.Bill(given.Activities)), Bytes(ClientBilling.Bill(alone, Records.ClientId, given.Month.Period, given.Month.Period.End, given.Activities, given.Month.Carried)));
        },
        iter: 2_000);

    [Fact]
    public void AnyInvoice_AddsUp() => RandomMonths.All.Sample(
        given =>
        {
            var bill = given.Month.Bill(given.Activities);
            Assert.Equal(bill.Invoices.Count, bill.Invoices.Select(invoice => invoice.Currency).Distinct().Count());
            foreach (var invoice in bill.Invoices)
            {
                var currency = invoice.Currency;
                Assert.Equal(Money.Sum(invoice.Lines.Select(line => line.Amount), currency) - Money.Sum(invoice.Lines.Select(line => line.Discount), currency) + Money.Sum(invoice.Taxes.Select(tax => tax.Tax), currency), invoice.Total);
                Assert.False(invoice.Total.IsNegative);
                Assert.Equal(Rounding.ToMoney(invoice.Net.Amount * 0.23m, currency), invoice.Tax);
                Assert.All(invoice.Lines, LineHolds);
            }
        },
        iter: Cases);

    [Fact]
    public void AnyEntry_IsInExactlyOneMonth() => Gen.Select(Gen.Int[-3_000, 3_000], Gen.OneOf("Europe/Dublin", "America/Chicago", "Asia/Kolkata", "Pacific/Kiritimati"), Gen.Int[2, 12]).Sample(
        (minutes, zone, month) =>
        {
            // Around the month's first midnight in UTC, an hour of which may be missing or there twice in the zone.
            var start = new DateTimeOffset(2024, month, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(minutes);
            var directory = ClientDirectory.Of([Records.Settings with { DefaultTimeZone = zone }, Records.Company()]);
            var entry = Records.Time("1", 1) with { Start = start };

            var attributed = directory.Attribute(entry).Month!.Value;

            var local = directory.ClientOf(Records.ClientId).Client!.LocalDate(start);
            Assert.Equal([attributed], Enumerable.Range(1, 12).Select(m => Period.Month(2024, m)).Append(Period.Month(2023, 12)).Append(Period.Month(2025, 1)).Where(period => period.Contains(local)));
        },
        iter: Cases);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("ar-SA")] // another calendar
    [InlineData("th-TH")]
    [InlineData("tr-TR")]
    [InlineData("sv-SE")] // another order of letters and another minus sign
    [InlineData("cs-CZ")]
    public void AnyMachinesCulture_GivesTheSameBytes(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        RandomMonths.All.Sample(
            given =>
            {
                var activities = given.Activities.Select((a, i) => a is TimeEntry { RoleId: "1" } time ? time with { RoleName = Names[i % Names.Length] } : a).ToArray();
                var month = given.Month with { Company = given.Month.Company with { TaxCode = given.Activities.Length % 2 == 0 ? "IE" : "gone" } };
                try
                {
                    CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                    var bytes = Bytes(month.Bill(activities));
                    CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                    Assert.Equal(bytes, Bytes(month.Bill(activities)));
                }
                finally
                {
                    CultureInfo.CurrentCulture = before;
                }
            },
            iter: 1_000);
    }

    private static readonly string[] Names = ["Ångström", "Zebra", "zebra", "Chata", "Cukr", "a-b", "ab", "Iris", "ıris"];


    private static void LineHolds(RatedLine line)
    {
        Assert.True(line.Discount.IsZero || (!line.Discount.IsNegative && line.Discount <= line.Amount), $"{line.Discount} off {line.Amount}");
    }

    private static CapturedQuantity Total(IEnumerable<CapturedQuantity> quantities) => quantities.Aggregate(default(CapturedQuantity), (sum, next) => sum + next);

    private static string Bytes(ClientBill bill) => Encoding.UTF8.GetString(RecordJson.Serialize(bill));
}
