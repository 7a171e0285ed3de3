using CsCheck;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>It does not matter to what is paid in all whether work came on time or after its invoice.</summary>
public sealed class LateArrivalProperties
{
    private static readonly ClientMonth September = new()
    {
        Lines = [Lines.Fee(), Lines.Time("Support", 0.25m, 0.25m), Lines.Additions(), Lines.Cloud(markupPercent: 12.5m) with { CreditsLowerUse = true }],
        Agreements = [Records.Agreement() with { MonthlyFee = 100_000, IncludedHours = 7.3m }],
        References = [Records.Role("1", 95), Records.Role("2", 110.335m)],
    };

    private static readonly Gen<Activity> Any = Gen.OneOf<Activity>(
        Gen.Select(Gen.Int[1, 900], Gen.OneOf("1", "2"), Gen.Int[0, 60], Gen.OneOf("Approved", "Approved", "Open"))
            .Select(Activity (hundredths, role, day, status) => Records.Time("", hundredths / 100m, role) with { Start = Days.At("2024-09-01T10:00Z").AddDays(day), Status = status }),
        Gen.Select(Gen.Int[1, 50], Gen.Int[1, 5_000], Gen.Int[0, 60]).Select(Activity (quantity, price, day) => Records.Addition("", quantity, price / 100m) with { InForce = new Period(Days.On("2024-09-01").AddDays(day), Period.NoEnd) }),
        Gen.Select(Gen.Long[1, 20_000_000_000], Gen.OneOf("Storage", "Compute"), Gen.Int[0, 60]).Select(Activity (cost, service, day) => Records.Usage("", cost / 100_000_000m, service) with { Day = Days.On("2024-09-01").AddDays(day) }));

    // Some are known in time, some come late, some came with other figures at first.
    private static readonly Gen<(Activity[] First, Activity[] All)> Arrivals = Gen.Select(Any, Gen.Int[0, 2]).Array[0, 9].Select(arrivals =>
    {
        var all = arrivals.Select((arrival, i) => (Activity: arrival.Item1 with { Id = arrival.Item1.Id with { ExternalId = $"{i}" } }, When: arrival.Item2)).ToArray();
        return (all.Where(a => a.When < 2).Select(a => a.When == 0 ? a.Activity : Otherwise(a.Activity)).ToArray(), all.Select(a => a.Activity).ToArray());
    });

    [Fact]
    public void LateOrOnTime_ComesToTheSameOverAllInvoices() => Arrivals.Sample(
        given =>
        {
            var (late, onTime) = (new MonthByMonth(), new MonthByMonth());
            var october = September with { Period = Period.Month(2024, 10) };
            var november = September with { Period = Period.Month(2024, 11) };

            var paid = Net(late.Close(September, given.First)) + Net(late.Close(october, given.All)) + Net(late.Close(november, given.All));
            var expected = Net(onTime.Close(September, given.All)) + Net(onTime.Close(october, given.All)) + Net(onTime.Close(november, given.All));

            Assert.Equal(expected, paid);
            Assert.Equal(onTime.Standing.Select(s => s.Lines.Sum(line => line.Net.Amount)), late.Standing.Select(s => s.Lines.Sum(line => line.Net.Amount)));
        },
        iter: 10_000);

    private static decimal Net(Core.Invoicing.ClientBill bill)
    {
        Assert.Null(bill.Problem);
        return bill.Invoices.Sum(invoice => invoice.Net.Amount);
    }

    private static Activity Otherwise(Activity activity) => activity switch
    {
        TimeEntry time => time with { Hours = time.Hours + 1 },
        Addition addition => addition with { InForce = new Period(addition.InForce.Start.AddDays(3), Period.NoEnd) },
        UsageRecord usage => usage with { Cost = usage.Cost * 2 },
        _ => activity,
    };
}
