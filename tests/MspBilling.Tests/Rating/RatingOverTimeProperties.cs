using CsCheck;
using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>What holds of months after one another, of parts of a month, and of a month with something more.</summary>
public sealed class RatingOverTimeProperties
{
    private const int Cases = 10_000;

    private static readonly RandomDays Autumn = new(Days.September);
    private static readonly RandomAgreements Agreements = new(Autumn);
    private static readonly RandomActivities Activities = new(Autumn);

    // Without minimums, tiers, included units, rounding and overtime, each record has its price whatever else there is.
    private static readonly Gen<AgreementLine> PerRecord = Gen.OneOf<AgreementLine>(
        Agreements.Lines.Time.Select(AgreementLine (line) => (TimeLine)line with { MinimumHours = 0, IncrementHours = null, Overtime = null, Caps = [] }),
        Agreements.Lines.Usage.Select(AgreementLine (line) => (UsageLine)line with { Aggregation = Aggregation.Sum, Included = 0, Minimum = null, Maximum = null, Pricing = PerUnit(((UsageLine)line).Pricing) }),
        RandomLines.Expenses,
        Agreements.Lines.Milestones.Select(AgreementLine (line) => (MilestonesLine)line with { Projects = [] }));

    private static readonly Gen<AgreementLine> Rising = Gen.OneOf<AgreementLine>(
        Agreements.Lines.Time.Select(AgreementLine (line) => (TimeLine)line with { Caps = [], Overtime = null, RoundedBy = RoundingScope.Entry }),
        Gen.Select(Agreements.Lines.Usage, RandomLines.OfQuantity).Select(AgreementLine (line, pricing) => (UsageLine)line with
        {
            Aggregation = Aggregation.Sum,
            Pricing = pricing is PerUnitPrice or GraduatedPrice ? pricing : new PerUnitPrice(0.125m),
        }),
        Agreements.Lines.Recurring.Select(AgreementLine (line) => (RecurringLine)line with
        {
            Quantity = ((RecurringLine)line).Quantity is CountQuantity { Aggregation: not (Aggregation.Max or Aggregation.Unique) } ? new CountQuantity(Aggregation.Sum) : ((RecurringLine)line).Quantity,

            Pricing = ((RecurringLine)line).Pricing is PerUnitPrice or GraduatedPrice or null ? ((RecurringLine)line).Pricing : new PerUnitPrice(3.335m),
        }));

    private static readonly Gen<(ClientMonth Month, AgreementDocument Agreement)> PerRecordMonths = Agreements.Document("201", line: PerRecord).Select(agreement => (Month(Plain(agreement)), Plain(agreement)));

    [Fact]
    public void AMonthInTwoParts_PerRecordAndDay_ComesToTheSameWithinTheRounding() => Gen.Select(PerRecordMonths, Activities.Any.Array[0, 8], Gen.Int[1, 29], Gen.Int[1, 20]).Sample(
        (given, captured, day, later) =>
        {
            var (month, agreement) = given;
            var cut = month.Period.Start.AddDays(day);
            var client = month.Client;

            // Each twice, so that lines have something in both parts.
            var activities = RandomMonth.Of(month, RandomActivities.Numbered(captured.Concat(captured.Select(activity => Moved(activity, later)))));
            var (first, second) = (month with { Period = new Period(month.Period.Start, cut) }, month with { Period = new Period(cut, month.Period.End) });
            var before = first.Rate(activities.Where(activity => DayOf(activity, client) < cut).ToList());
            var after = (second with { Carried = before.Carried }).Rate(activities.Where(activity => DayOf(activity, client) >= cut).ToList());
            var whole = month.Rate(activities);

            // Each line was rounded by half a coin at most; use too small for a line, which may be counts, is put together with other use.
            var coin = new decimal(1, 0, 0, false, (byte)agreement.Currency.MinorUnits);
            var lines = before.Lines.Concat(after.Lines).ToList();
            Assert.InRange(Math.Abs(lines.Sum(line => line.Amount.Amount) - whole.Lines.Sum(line => line.Amount.Amount)), 0, coin * (lines.Count + whole.Lines.Count + activities.Count(activity => activity is UsageRecord or Count)) / 2);
            foreach (var item in lines.Concat(whole.Lines).Where(line => line.Explanation.Rule != "UsageCharges").Select(line => (line.LineId, line.Item)).Distinct())
            {
                var parts = lines.Where(line => (line.LineId, line.Item) == item).ToList();
                var one = whole.Lines.Where(line => (line.LineId, line.Item) == item).ToList();
                Assert.InRange(Math.Abs(parts.Sum(line => line.Amount.Amount) - one.Sum(line => line.Amount.Amount)), 0, coin * (parts.Count + one.Count) / 2);
            }
        },
        iter: Cases);

    [Fact]
    public void OneMore_NeverLowersAGraduatedOrPerUnitPrice() => Gen.Select(Agreements.Document("201", line: Rising), Activities.Any.Array[1, 12]).Sample(
        (agreement, captured) =>
        {
            // One version: another one's prices are others.
            var month = Month(agreement with { Versions = [agreement.Versions[^1] with { Rules = [] }] });
            var activities = RandomMonth.Of(month, RandomActivities.Numbered(captured.Select(Positive)));
            var all = month.Rate(activities).Lines.Sum(line => line.Amount.Amount);
            for (var i = 0; i < activities.Length; i++)
            {
                var fewer = activities.Where((_, place) => place != i).ToList();
                Assert.True(month.Rate(fewer).Lines.Sum(line => line.Amount.Amount) <= all, $"{activities[i]}");
            }
        },
        iter: Cases);

    [Fact]
    public void AnythingDated_IsBilledInExactlyOneOfTwoMonths() => RandomMonths.Two.Sample(
        two =>
        {
            var dated = two.Activities.Where(activity => activity is not (Addition or Device) and not Milestone { CompletedOn: null }).ToList();
            var before = two.Before.Rate(RandomMonth.Of(two.Before, dated));
            var after = (two.Month with { Carried = before.Carried }).Rate(RandomMonth.Of(two.Month, dated));
            var zone = two.Month.Client.Zone;
            foreach (var activity in dated)
            {
                var (first, second) = (Share(before, activity), Share(after, activity));
                var day = activity is TimeEntry time ? DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.Start, zone).DateTime) : DayOf(activity, two.Month.Client);
                Assert.Equal(two.Before.Period.Contains(day) ? activity.Captured : null, first);
                Assert.Equal(two.Month.Period.Contains(day) ? activity.Captured : null, second);
            }
        },
        iter: Cases);

    [Fact]
    public void Retainers_OverThreeMonths_GrantedIsDrawnEndedAndLeft() => Gen.Select(
        Agreements.Document("201", 3, 5, Gen.Frequency((2, Agreements.Lines.Retainer), (1, Agreements.Lines.Time))), Activities.Any.Array[0, 24]).Sample(
        (agreement, captured) =>
        {
            var month = Month(agreement);
            var activities = RandomActivities.Numbered(captured.Select(activity => activity is TimeEntry time ? time with { AgreementId = "201", ProjectId = null } : activity));
            var carried = CarriedState.None;
            foreach (var period in new[] { Autumn.Before, Autumn.Month, Period.Month(2024, 10) })
            {
                var now = month with { Period = period, Carried = carried };
                var rated = now.Rate(RandomMonth.Of(now, activities));
                foreach (var line in rated.Lines.Where(line => line.Explanation.Rule == "Retainers" && line.Item.Length == 0 && line.Explanation.Figures.Any(figure => figure.Name == "left")))
                {
                    AssertSame(Figure(line, "broughtForward") + Figure(line, "toppedUp") + Figure(line, "granted"), Figure(line, "drawn") + Figure(line, "ended") + Figure(line, "left"), line);
                }

                foreach (var lines in rated.Lines.Where(line => line.Explanation.Rule == "Retainers" && line.Item.Length == 0).GroupBy(line => line.LineId))
                {
                    var brought = carried.Balances.Where(balance => balance.Key.LineId == lines.Key).Sum(balance => balance.Left);
                    var left = rated.Carried.Balances.Where(balance => balance.Key.LineId == lines.Key).Sum(balance => balance.Left);
                    var sold = rated.Lines.Where(line => line.LineId == lines.Key && line.Explanation.Rule == "TopUps").Sum(line => Figure(line, "granted"));
                    var isWhole = lines.Count() == agreement.Versions.Count(version => version.InForce.Overlap(period) is not null && version.Lines.Any(line => line.Id == lines.Key));
                    if (isWhole && lines.All(line => line.Explanation.Figures.Any(figure => figure.Name == "left")))
                    {
                        AssertSame(brought + lines.Sum(line => Figure(line, "granted")) + sold, lines.Sum(line => Figure(line, "drawn") + Figure(line, "ended")) + left, lines.Last());
                    }
                }

                Assert.All(rated.Carried.Balances.SelectMany(balance => balance.Lots), lot => Assert.True(lot.Left > 0 && lot.Left <= lot.Granted && lot.GrantedOn < lot.EndsOn && lot.GrantedOn <= period.End));
                carried = rated.Carried;
            }
        },
        iter: Cases);

    [Fact]
    public void ASplit_ByAnyWeights_AddsUp() => Gen.Select(Gen.Long[-10_000_000_000, 10_000_000_000], RandomGens.Of("EUR", "JPY", "KWD"), Gen.Int[0, 1_000_000].Array[1, 12]).Sample(
        (coins, code, weights) =>
        {
            var currency = Currency.Of(code);
            var total = new Money(coins * new decimal(1, 0, 0, false, (byte)currency.MinorUnits), currency);
            if (weights.Sum() == 0)
            {
                return;
            }

            var parts = Split.ByWeight(total, [.. weights.Select(weight => weight / 7m)]);
            Assert.Equal(total, Money.Sum(parts, currency));
            Assert.All(parts.Zip(weights), part => Assert.InRange(
                part.First.Amount - (total.Amount * part.Second / weights.Sum()), -new decimal(1, 0, 0, false, (byte)currency.MinorUnits), new decimal(1, 0, 0, false, (byte)currency.MinorUnits)));
        },
        iter: Cases);

    // Two thirds of an hour have no last place: a decimal has 28 digits, and the sum of several is right but for the last of them.
    private static void AssertSame(decimal expected, decimal actual, RatedLine line) => Assert.True(decimal.Abs(expected - actual) < 1e-20m, $"{expected} against {actual}: {line.Explanation.Sentence}");

    private static ClientMonth Month(AgreementDocument agreement) => new()
    {
        Agreements = [],
        References = [Records.Role("1", 95), Records.Role("2", 110.335m), Records.Project("701"), Records.Project("703"), agreement with { PsaAgreement = null, Calendar = null }],
    };

    /// <summary>Without what counts over a period.</summary>
    private static AgreementDocument Plain(AgreementDocument agreement) => agreement with
    {
        Versions = [.. agreement.Versions.Select(version => version with { Rules = [.. version.Rules.Where(rule => rule.Effect is not CapAmount)] })],
    };

    private static PriceModel PerUnit(PriceModel pricing) => pricing is GraduatedPrice or VolumePrice or PackagePrice or TieredMarkup ? new PerUnitPrice(0.125m) : pricing;

    private static Activity Positive(Activity activity) => activity switch
    {
        UsageRecord usage => usage with { Quantity = Math.Abs(usage.Quantity), Cost = Math.Abs(usage.Cost), Category = "Usage" },
        Addition addition => addition with { Quantity = Math.Abs(addition.Quantity), UnitPrice = Math.Abs(addition.UnitPrice), AgreementId = "201" },
        TimeEntry time => time with { AgreementId = "201", ProjectId = null },
        _ => activity,
    };

    private static Activity Moved(Activity activity, int days) => activity switch
    {
        TimeEntry time => time with { Start = time.Start.AddDays(days), End = time.End?.AddDays(days) },
        UsageRecord usage => usage with { Day = usage.Day.AddDays(days) },
        Expense expense => expense with { Day = expense.Day.AddDays(days) },
        Count count => count with { Day = count.Day.AddDays(days) },
        Milestone milestone => milestone with { CompletedOn = milestone.CompletedOn?.AddDays(days) },
        _ => activity,
    };

    private static DateOnly DayOf(Activity activity, Core.Clients.Client client) => activity switch
    {
        TimeEntry time => client.LocalDate(time.Start),
        UsageRecord usage => usage.Day,
        Expense expense => expense.Day,
        Count count => count.Day,
        Milestone milestone => milestone.CompletedOn ?? DateOnly.MinValue,
        _ => DateOnly.MinValue,
    };

    private static CapturedQuantity? Share(RatedPeriod rated, Activity activity)
    {
        var shares = rated.Dispositions.Where(share => share.Activity == activity.Id).ToList();
        return shares.Count == 0 ? null : shares.Aggregate(default(CapturedQuantity), (sum, next) => sum + next.Quantity);
    }

    private static decimal Figure(RatedLine line, string name) => line.Explanation.Figures.Where(figure => figure.Name == name).Sum(figure => figure.Value);
}
