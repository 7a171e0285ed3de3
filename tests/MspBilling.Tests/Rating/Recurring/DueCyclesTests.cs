using MspBilling.Core.Agreements;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Recurring;

public sealed class DueCyclesTests
{
    [Theory]
    // Months, anchor, advance, term, billed period, the days that are billed.
    [InlineData(1, null, false, "2024-01-01", "2024-09-01", "2024-10-01", "2024-09-01..2024-09-30")]
    [InlineData(1, null, true, "2024-01-01", "2024-09-01", "2024-10-01", "2024-09-01..2024-09-30")]
    [InlineData(3, null, false, "2024-01-01", "2024-07-01", "2024-08-01", "")]
    [InlineData(3, null, false, "2024-01-01", "2024-08-01", "2024-09-01", "")]
    [InlineData(3, null, false, "2024-01-01", "2024-09-01", "2024-10-01", "2024-07-01..2024-09-30")]
    [InlineData(3, null, true, "2024-01-01", "2024-07-01", "2024-08-01", "2024-07-01..2024-09-30")]
    [InlineData(3, null, true, "2024-01-01", "2024-09-01", "2024-10-01", "")]
    [InlineData(6, null, false, "2024-01-01", "2024-06-01", "2024-07-01", "2024-01-01..2024-06-30")]
    [InlineData(6, null, true, "2024-01-01", "2024-07-01", "2024-08-01", "2024-07-01..2024-12-31")]
    [InlineData(12, null, false, "2024-01-01", "2024-12-01", "2025-01-01", "2024-01-01..2024-12-31")]
    [InlineData(12, null, true, "2024-01-01", "2025-01-01", "2025-02-01", "2025-01-01..2025-12-31")]
    [InlineData(12, null, true, "2024-01-01", "2024-12-01", "2025-01-01", "")]
    [InlineData(1, "2024-01-15", false, "2024-01-15", "2024-09-01", "2024-10-01", "2024-08-15..2024-09-14")]
    [InlineData(1, "2024-01-15", true, "2024-01-15", "2024-09-01", "2024-10-01", "2024-09-15..2024-10-14")]
    [InlineData(1, "2024-01-31", false, "2024-01-31", "2024-02-01", "2024-03-01", "2024-01-31..2024-02-28")]
    [InlineData(1, "2024-01-31", true, "2024-01-31", "2024-02-01", "2024-03-01", "2024-02-29..2024-03-30")]
    [InlineData(1, "2024-01-31", true, "2024-01-31", "2024-01-01", "2024-02-01", "2024-01-31..2024-02-28")]
    [InlineData(3, null, false, "2024-02-10", "2024-04-01", "2024-05-01", "2024-02-10..2024-04-30")] // anchored on 1 February
    [InlineData(3, "2024-01-01", false, "2024-02-10", "2024-03-01", "2024-04-01", "2024-02-10..2024-03-31")]
    [InlineData(3, "2024-01-01", true, "2024-02-10", "2024-02-01", "2024-03-01", "2024-02-10..2024-03-31")] // in advance from the day that it begins
    [InlineData(3, "2024-01-01", true, "2024-02-10", "2024-01-01", "2024-02-01", "")]
    [InlineData(1, "2024-01-15", false, "2024-01-15 2024-09-25", "2024-09-01", "2024-10-01", "2024-08-15..2024-09-14 2024-09-15..2024-09-24")]
    [InlineData(3, null, false, "2024-01-01 2024-08-11", "2024-08-01", "2024-09-01", "2024-07-01..2024-08-10")] // cut short
    [InlineData(3, null, false, "2024-01-01 2024-08-11", "2024-09-01", "2024-10-01", "")]
    [InlineData(3, null, true, "2024-01-01 2024-08-11", "2024-07-01", "2024-08-01", "2024-07-01..2024-08-10")]
    [InlineData(1, null, false, "2024-10-01", "2024-09-01", "2024-10-01", "")]
    [InlineData(1, null, false, "2024-01-01", "2024-09-01", "2024-09-16", "")] // half a month, in which no month ends
    [InlineData(1, null, false, "2024-01-01", "2024-09-16", "2024-10-01", "2024-09-01..2024-09-30")]
    [InlineData(1, null, true, "2024-01-01", "2024-09-01", "2024-09-16", "2024-09-01..2024-09-30")]
    [InlineData(1, null, false, "2024-01-01", "2024-07-01", "2024-10-01", "2024-07-01..2024-07-31 2024-08-01..2024-08-31 2024-09-01..2024-09-30")] // billed by the quarter
    public void Rate_CyclesAndTiming_BillWhatIsDue(int months, string? anchor, bool advance, string term, string from, string to, string expected)
    {
        var line = RecurringCase.Fee(1200, months, advance ? BillingTiming.Advance : BillingTiming.Arrears) with { Anchor = anchor is null ? null : Days.On(anchor) };
        var inForce = term.Split(' ') is [var start, var end] ? Days.Between(start, end) : Days.From(term);

        var lines = new RecurringCase(line) { Term = inForce }.Rate(Days.Between(from, to)).Lines;

        Assert.Equal(expected, string.Join(' ', lines.Select(l => FormattableString.Invariant($"{l.ServicePeriod.Start:yyyy-MM-dd}..{l.ServicePeriod.LastDay:yyyy-MM-dd}"))));
    }

    [Theory]
    [InlineData(1, "2023-12-31")]
    [InlineData(3, "2023-11-15")]
    [InlineData(6, "2024-02-29")]
    [InlineData(12, "2023-05-31")]
    public void Rate_MonthAfterMonth_BillsEachDayOnce(int months, string anchor)
    {
        foreach (var timing in Enum.GetValues<BillingTiming>())
        {
            var line = RecurringCase.Fee(1200, months, timing) with { Anchor = Days.On(anchor) };
            var agreement = new RecurringCase(line) { Term = Days.Between("2022-03-17", "2026-08-09"), Changes = [Days.On("2023-07-07"), Days.On("2024-02-29")] };
            var billed = Enumerable.Range(0, 60).SelectMany(month => agreement.Rate(Period.MonthOf(Days.On("2022-01-01").AddMonths(month))).Lines)
                .Select(l => l.ServicePeriod).OrderBy(period => period.Start).ToList();

            Assert.Equal((agreement.Term.Start, agreement.Term.End), (billed[0].Start, billed[^1].End));
            Assert.All(billed.Zip(billed.Skip(1)), pair => Assert.Equal(pair.First.End, pair.Second.Start));
        }
    }
}
