using System.Text;
using CsCheck;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

/// <summary>Whatever people decide about whatever is held, nothing is lost, and the order in which things came does not matter.</summary>
public sealed class DecisionProperties
{
    // What is decided about each activity that is held: nothing, a release, a write-off, or one that is withdrawn again.
    private static readonly Gen<(RandomMonth Two, int[] Choices)> Decided = Gen.Select(RandomMonths.Two, Gen.Int[0, 3].Array[12]);

    [Fact]
    public void AnyDecisions_AccountForEveryHourUnitAndCost() => Decided.Sample(
        given =>
        {
            var month = given.Two.Carrying();
            var counted = RandomMonth.Of(month, given.Two.Activities);
            var before = month.Rate(counted);
            var decisions = Decide(month, counted, before, given.Choices);
            var rated = (month with { References = [.. month.References, .. decisions] }).Rate(counted);

            Assert.Empty(Conservation.Violations(counted, rated.Dispositions));
            Assert.All(rated.Dispositions, share => Assert.Equal(share.Kind == DispositionKind.Billed, share.Reason is null));
            var writtenOff = Standing(decisions, DecisionKind.WriteOff).ToDictionary(d => d.Activity);
            Assert.All(rated.Dispositions, share => Assert.False(share.Kind == DispositionKind.Held && writtenOff.ContainsKey(share.Activity)));

            // What was given up as a whole is in no line, and everything given up is worth what was said.
            foreach (var whole in writtenOff.Values.Where(decision => !decision.OfPart))
            {
                Assert.Equal(Reason.WrittenOff, Assert.Single(rated.Dispositions, share => share.Activity == whole.Activity).Reason);
            }

            // What can be released is not held for that any more.
            var released = Standing(decisions, DecisionKind.Release).Where(release => Reason.Of(release.Reason).Released is not null).Select(release => (release.Activity, release.Reason, release.Detail)).ToHashSet();
            Assert.All(rated.Dispositions.Where(share => share.Kind == DispositionKind.Held), share => Assert.DoesNotContain((share.Activity, share.Reason!.Code, share.Detail), released));
        },
        iter: 10_000);

    [Fact]
    public void AnyOrder_OfWorkAndDecisions_GivesTheSameBytes() => Gen.Select(Decided, Gen.Int).Sample(
        (given, seed) =>
        {
            var month = given.Two.Carrying();
            var counted = RandomMonth.Of(month, given.Two.Activities);
            var decisions = Decide(month, counted, month.Rate(counted), given.Choices);
            var random = new Random(seed);
            Activity[] shuffled = [.. counted];
            CapturedRecord[] other = [.. month.References, .. decisions];
            random.Shuffle(shuffled);
            random.Shuffle(other);

            Assert.Equal(Text((month with { References = [.. month.References, .. decisions] }).Bill(counted)), Text((month with { References = other }).Bill(shuffled)));
        },
        iter: 3_000);

    // What nobody can release is as it was, whatever is said about it.
    [Fact]
    public void ReleasesThatMeanNothing_ChangeNothing() => RandomMonths.Two.Sample(
        two =>
        {
            var month = two.Carrying();
            var counted = RandomMonth.Of(month, two.Activities);
            var before = month.Rate(counted);
            var decisions = Decide(month, counted, before, [1]).Where(release => Reason.Of(release.Reason).Released is null);

            Assert.Equal(Text(before), Text((month with { References = [.. month.References, .. decisions] }).Rate(counted)));
        },
        iter: 3_000);

    // With all of them withdrawn the month is as it was.
    [Fact]
    public void AllWithdrawn_GivesTheMonthAsItWas() => Decided.Sample(
        given =>
        {
            var month = given.Two.Carrying();
            var counted = RandomMonth.Of(month, given.Two.Activities);
            var before = month.Rate(counted);
            var decisions = Decide(month, counted, before, given.Choices).Where(d => d.Kind != DecisionKind.Withdraw).ToList();

            Assert.Equal(Text(before), Text((month with { References = [.. month.References, .. decisions, .. decisions.Select(d => Decisions.Withdraw(d))] }).Rate(counted)));
        },
        iter: 3_000);

    private static List<Decision> Decide(ClientMonth month, Activity[] counted, RatedPeriod rated, int[] choices)
    {
        var decisions = new List<Decision>();
        var held = rated.Dispositions.Where(share => share.Kind == DispositionKind.Held).ToLookup(share => share.Activity);
        for (var i = 0; i < counted.Length; i++)
        {
            if (choices[i % choices.Length] is > 0 and var choice && held.Contains(counted[i].Id))
            {
                decisions.Add(Decisions.About(choice == 1 ? DecisionKind.Release : DecisionKind.WriteOff, counted[i], [.. held[counted[i].Id]], month.Period));
                if (choice == 3)
                {
                    decisions.Add(Decisions.Withdraw(decisions[^1]));
                }
            }
        }

        return decisions;
    }

    private static List<Decision> Standing(List<Decision> decisions, DecisionKind kind) =>
        decisions.FindAll(d => d.Kind == kind && !decisions.Exists(other => other.Withdraws == d.Id.ExternalId));

    private static string Text<T>(T value) => Encoding.UTF8.GetString(RecordJson.Serialize(value));
}
