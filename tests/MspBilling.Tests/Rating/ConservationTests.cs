using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class ConservationTests
{
    private static readonly TimeEntry Entry = Records.Time("1", 1.5m);

    private static Disposition Share(DispositionKind kind, decimal hours) => new(Entry.Id, kind, null, null, new CapturedQuantity(hours, 0, 0));

    public static TheoryData<Activity[], Disposition[], string[]> Books => new()
    {
        { [], [], [] },
        { [Entry], [Disposition.Billed(Entry)], [] },
        { [Entry], [Share(DispositionKind.Covered, 1.00m), Share(DispositionKind.Billed, 0.50m)], [] },
        { [Entry], [Share(DispositionKind.Covered, 1.00m), Share(DispositionKind.Billed, 0.49m)], ["connectwise/Time/1: 1.5 h, 0 units, cost 0 was captured, 1.49 h, 0 units, cost 0 is accounted for."] },
        { [Entry], [Disposition.Billed(Entry), Disposition.Billed(Entry)], ["connectwise/Time/1: 1.5 h, 0 units, cost 0 was captured, 3.0 h, 0 units, cost 0 is accounted for."] },
        { [Entry], [], ["connectwise/Time/1 has no disposition."] },
        { [], [Disposition.Billed(Entry)], ["connectwise/Time/1 has a disposition but was not captured in the period."] },
        { [Entry, Entry], [Disposition.Billed(Entry)], ["connectwise/Time/1 has no disposition."] },
        {
            [Records.Addition("1", 2, 5) with { UnitCost = 1.25m }],
            [new Disposition(Records.Addition("1", 2, 5).Id, DispositionKind.Billed, null, null, new CapturedQuantity(0, 2, 2.49m))],
            ["connectwise/Addition/1: 0 h, 2 units, cost 2.50 was captured, 0 h, 2 units, cost 2.49 is accounted for."]
        },
        {
            [Records.Usage("1", 5), Entry],
            [Disposition.Billed(Entry), new Disposition(Records.Usage("1", 5).Id, DispositionKind.Billed, null, null, new CapturedQuantity(0, 3, 5))],
            ["focus/Usage/1: 0 h, 1 units, cost 5 was captured, 0 h, 3 units, cost 5 is accounted for."]
        },
    };

    [Theory]
    [MemberData(nameof(Books), DisableDiscoveryEnumeration = true)]
    public void Violations_Books_NameEachActivityThatDoesNotAddUp(Activity[] activities, Disposition[] dispositions, string[] violations) =>
        Assert.Equal(violations, Conservation.Violations(activities, dispositions));

    [Fact]
    public void Violations_MachineOfAnotherCulture_ReadTheSame()
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Contains("1.5 h", Assert.Single(Conservation.Violations([Entry], [Share(DispositionKind.Billed, 1)])), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
