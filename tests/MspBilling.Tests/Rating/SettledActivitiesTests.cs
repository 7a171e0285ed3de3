using System.Globalization;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>Three entries of 1.00, 2.00 and 3.00 h.</summary>
public sealed class SettledActivitiesTests
{
    private static readonly Activity[] Entries = [Records.Time("1", 1), Records.Time("2", 2), Records.Time("3", 3)];

    [Fact]
    public void Dispositions_OfWholeActivities_AreOfAllThatWasCaptured() => Assert.Equal(
        ["1 Billed 1 Line", "2 NonBillable 2 no-charge", "3 Billed 3 Line"],
        Texts(Settled(s =>
        {
            s.Add(2, DispositionKind.Billed, null, "Line");
            s.Add(0, DispositionKind.Billed, null, "Line");
            s.Add(1, DispositionKind.NonBillable, Reason.NoCharge, null);
        })));

    // The first that an activity was given stands first, whatever its kind; the others by kind, and of one kind as they were given.
    [Fact]
    public void Dispositions_OfShares_StandBehindTheFirstByTheirKind() => Assert.Equal(
        ["1 Billed 1 Line", "2 Held 0.25 late", "2 Billed 0.5 B", "2 Billed 0.25 A", "2 Covered 0.75 retainer", "2 WrittenOff 0.25 ", "3 Billed 3 Line"],
        Texts(Settled(Shares)));

    [Fact]
    public void Dispositions_ByPlace_AreThoseOfTheEnumeration()
    {
        var settled = Settled(Shares);

        Assert.Equal(7, settled.Count);
        Assert.Equal(Texts(settled), Enumerable.Range(0, settled.Count).Select(place => Text(settled[place])));
        Assert.Equal((1, 5, 1), (settled.Of(0).Count, settled.Of(1).Count, settled.Of(2).Count));
        Assert.Equal(Texts(settled).Skip(1).Take(5), Texts(settled.Of(1)));
    }

    [Fact]
    public void Replace_SharesByAnother_LeavesTheOthersAsTheyWere()
    {
        var settled = Settled(Shares);

        settled.Replace(1, [Disposition.Held(Entries[1], Reason.Late)]);
        Assert.Equal(["1 Billed 1 Line", "2 Held 2 late", "3 Billed 3 Line"], Texts(settled));

        settled.Replace(2, [Share(2, DispositionKind.Covered, 1, Reason.Retainer), Share(2, DispositionKind.Billed, 2, null, "C")]);
        Assert.Equal(["1 Billed 1 Line", "2 Held 2 late", "3 Covered 1 retainer", "3 Billed 2 C"], Texts(settled));
        Assert.Equal(4, settled.Count);
    }

    // Asked for between two additions, the order is made again.
    [Fact]
    public void Add_AfterItWasRead_StandsAtItsPlace()
    {
        var settled = Settled(s => s.Add(0, Share(0, DispositionKind.WrittenOff, 0.5m, null)));
        Assert.Equal("1 WrittenOff 0.5 ", Text(settled[0]));

        settled.Add(0, Share(0, DispositionKind.Held, 0.25m, Reason.Late));
        settled.Add(0, Share(0, DispositionKind.Billed, 0.25m, null, "A"));
        Assert.Equal(["1 WrittenOff 0.5 ", "1 Billed 0.25 A", "1 Held 0.25 late"], Texts(settled.Of(0)));
    }

    [Fact]
    public void Add_AllOfAnActivityAfterAShare_IsKeptToo() => Assert.Equal(
        ["1 Covered 0.5 retainer", "1 Billed 1 Line"], // too much, which the check of conservation has to see
        Texts(Settled(s =>
        {
            s.Add(0, Share(0, DispositionKind.Covered, 0.5m, Reason.Retainer));
            s.Add(0, DispositionKind.Billed, null, "Line");
        }).Of(0)));

    private static void Shares(SettledActivities settled)
    {
        settled.Add(1, Share(1, DispositionKind.Held, 0.25m, Reason.Late));
        settled.Add(2, DispositionKind.Billed, null, "Line");
        settled.Add(1, Share(1, DispositionKind.WrittenOff, 0.25m, null));
        settled.Add(1, Share(1, DispositionKind.Billed, 0.5m, null, "B"));
        settled.Add(0, DispositionKind.Billed, null, "Line");
        settled.Add(1, Share(1, DispositionKind.Covered, 0.75m, Reason.Retainer));
        settled.Add(1, Share(1, DispositionKind.Billed, 0.25m, null, "A"));
    }

    private static SettledActivities Settled(Action<SettledActivities> add)
    {
        var settled = new SettledActivities(Entries);
        add(settled);
        return settled;
    }

    private static Disposition Share(int activity, DispositionKind kind, decimal hours, Reason? reason, string? detail = null) =>
        new(Entries[activity].Id, kind, reason, detail, new CapturedQuantity(hours, 0, 0));

    private static IEnumerable<string> Texts(IEnumerable<Disposition> dispositions) => dispositions.Select(Text);

    private static string Text(Disposition disposition) => string.Create(
        CultureInfo.InvariantCulture, $"{disposition.Activity.ExternalId} {disposition.Kind} {disposition.Quantity.Hours:0.##} {disposition.Reason?.Code ?? disposition.Detail}");
}
