using System.Globalization;
using System.Text;
using CsCheck;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>What holds of every rated month, whatever was agreed, captured and carried to it.</summary>
public sealed class RatingProperties
{
    private const int Cases = 10_000;

    private static readonly string[] Cultures = ["de-DE", "ar-SA", "th-TH", "tr-TR", "sv-SE", "fa-IR"];

    [Fact]
    public void AnyMonth_AccountsForEveryHourUnitAndCost() => RandomMonths.Two.Sample(
        two =>
        {
            var month = two.Carrying();
            var counted = RandomMonth.Of(month, two.Activities);
            var rated = month.Rate(counted);

            Assert.Empty(Conservation.Violations(counted, rated.Dispositions));

            // Counted here once more, and not by Conservation itself.
            Assert.Equal(counted.Aggregate(default(CapturedQuantity), (sum, next) => sum + next.Captured), rated.Dispositions.Aggregate(default(CapturedQuantity), (sum, next) => sum + next.Quantity));
            Assert.All(rated.Dispositions, share => Assert.Equal(share.Kind == DispositionKind.Billed, share.Reason is null));
            Assert.All(rated.Dispositions.Where(share => share.Kind == DispositionKind.Billed), share => Assert.Contains(rated.Lines, line => Bills(line, share)));
        },
        iter: Cases);

    [Fact]
    public void AnyOrder_InAnyCulture_GivesTheSameBytes() => Gen.Select(RandomMonths.Two, RandomGens.Of(Cultures), Gen.Int).Sample(
        (two, culture, seed) =>
        {
            var month = two.Carrying();
            var activities = RandomMonth.Of(month, two.Activities);
            var bytes = RecordJson.Serialize(month.Rate(activities));
            var before = CultureInfo.CurrentCulture;
            try
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                var shuffled = month with { References = Shuffled(month.References, seed), Agreements = Shuffled(month.Agreements, seed) };
                Assert.Equal(Text(bytes), Text(RecordJson.Serialize(shuffled.Rate(Shuffled(activities, seed)))));
            }
            finally
            {
                CultureInfo.CurrentCulture = before;
            }
        },
        iter: Cases);

    [Fact]
    public void AnyMonth_WrittenAndRead_IsTheSameAndCarriesTheSame() => RandomMonths.Two.Sample(
        two =>
        {
            var rated = two.Month.Rate(RandomMonth.Of(two.Month, two.Activities));
            var (bytes, carried) = (RecordJson.Serialize(rated), RecordJson.Serialize(rated.Carried));
            var read = RecordJson.Deserialize<CarriedState>(carried);

            Assert.Equal(Text(bytes), Text(RecordJson.Serialize(RecordJson.Deserialize<RatedPeriod>(bytes))));
            Assert.Equal(Text(carried), Text(RecordJson.Serialize(read)));

            // The next month does not tell what was read from what was written.
            var next = two.Month with { Period = Core.Time.Period.MonthOf(two.Month.Period.End) };
            Assert.Equal(Text(RecordJson.Serialize((next with { Carried = rated.Carried }).Rate([]))), Text(RecordJson.Serialize((next with { Carried = read }).Rate([]))));
        },
        iter: Cases);

    [Fact]
    public void AnyLine_IsOneOfItsKind_ExactAndExplained() => RandomMonths.Two.Sample(
        two =>
        {
            var month = two.Carrying();
            var rated = month.Rate(RandomMonth.Of(month, two.Activities));

            Assert.Equal(rated.Lines.Count, rated.Lines.Select(line => line.Key).Distinct().Count());
            var agreements = month.Directory.AgreementsOf(month.Client);
            Assert.All(rated.Lines, line => RatedLineChecks.Holds(line, agreements));
        },
        iter: Cases);

    // What stands may be billed by another version of the agreement, under another name.
    private static bool Bills(RatedLine line, in Disposition share) => share.Activity.Kind switch
    {
        RecordKind.Device => line.Explanation.Rule == "DeviceCharges",
        RecordKind.Addition => line.Explanation.Rule == "AdditionCharges",
        RecordKind.Count when line.Explanation.Rule == "CountCharges" => true,
        _ => line.Description == share.Detail,
    };

    private static T[] Shuffled<T>(IReadOnlyList<T> items, int seed)
    {
        var shuffled = items.ToArray();
        new Random(seed).Shuffle(shuffled);
        return shuffled;
    }

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
