using System.Buffers;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Prices one client's period: a pure function from the case to lines, dispositions and what is carried on.</summary>
/// <remarks>
/// In this order: what is not billed whatever the agreement says (<see cref="Triage"/>), the MSP's exceptions (<see cref="CustomRules"/>), which line of
/// which agreement prices the rest (<see cref="AgreementMatch"/>), each agreement's lines, the limits of custom rules (<see cref="RuleCaps"/>), the
/// discounts (<see cref="Discounts"/>). The same case gives the same result whatever order its activities come in.
/// </remarks>
public static class Rater
{
    public static RatedPeriod Rate(RatingCase @case)
    {
        var activities = Ordered(@case.Activities);
        var output = new RatingOutput(@case, activities);
        var parts = Parts(@case);
        var matched = Match(activities, parts, @case, output);
        foreach (var part in parts)
        {
            Rate(part, matched[part.Index], output);
        }

        var lines = output.Lines();
        lines = RuleCaps.WriteDown(parts, lines);
        lines = Discounts.TakeOff(parts, lines);
        return new RatedPeriod(lines, output.Dispositions(), output.Carried());
    }

    private static void Rate(AgreementPart part, Matched[][] matched, RatingOutput output)
    {
        var time = new List<(TimeLine Line, Matched[] Entries)>();
        for (var i = 0; i < part.Version.Lines.Count; i++)
        {
            switch (part.Version.Lines[i])
            {
                case RecurringLine line:
                    RecurringCharges.Rate(part, line, matched[i], output);
                    break;
                case TimeLine line:
                    time.Add((line, matched[i]));
                    break;
                case UsageLine line:
                    UsageCharges.Rate(part, line, matched[i], output);
                    break;
                case MilestonesLine line:
                    MilestoneCharges.Rate(part, line, matched[i], output);
                    break;
                case ExpensesLine line:
                    ExpenseCharges.Rate(part, line, matched[i], output);
                    break;
            }
        }

        // Together, because retainers are drawn over all of an agreement's time.
        TimeCharges.Rate(part, time, output);
    }

    /// <summary>The agreements' versions in the period, none for the MSP's own work.</summary>
    internal static List<AgreementPart> Parts(RatingCase @case)
    {
        var parts = new List<AgreementPart>();
        if (@case.Client.IsInternal)
        {
            return parts;
        }

        foreach (var agreement in @case.Agreements)
        {
            var calendar = @case.Directory.Calendar(agreement.Calendar);
            foreach (var version in agreement.Versions)
            {
                if (version.InForce.Overlap(@case.Period) is { } inForce)
                {
                    parts.Add(new AgreementPart(@case, agreement, version, parts.Count, inForce, calendar));
                }
            }
        }

        return parts;
    }

    /// <summary>By part and line, the activities that it prices; what no line prices is settled.</summary>
    private static Matched[][][] Match(Activity[] activities, List<AgreementPart> parts, RatingCase @case, RatingOutput output)
    {
        var offsets = new int[parts.Count + 1];
        foreach (var part in parts)
        {
            offsets[part.Index + 1] = offsets[part.Index] + part.Version.Lines.Count;
        }

        var slots = ArrayPool<int>.Shared.Rent(activities.Length);
        var matched = ArrayPool<Matched>.Shared.Rent(activities.Length);
        var repeats = new List<(int Slot, Matched Matched)>();
        var counts = new int[offsets[^1]];
        var match = new AgreementMatch(@case, parts);
        for (var i = 0; i < activities.Length; i++)
        {
            slots[i] = -1;
            if (Triage.Settle(activities[i], @case) is { } settled)
            {
                output.Settle(i, settled);
                continue;
            }

            var found = match.Find(activities[i]);
            if (found.Settled is { } held)
            {
                output.Settle(i, held);
                continue;
            }

            slots[i] = offsets[found.Part!.Index] + found.Place;
            counts[slots[i]]++;
            matched[i] = new Matched(found.Activity!, i, found.Effects);
            if (match.Repeats(found, activities[i]) is not { Count: > 0 } others)
            {
                continue;
            }

            foreach (var repeat in others)
            {
                var slot = offsets[repeat.Part!.Index] + repeat.Place;
                counts[slot]++;
                repeats.Add((slot, new Matched(repeat.Activity!, Matched.Repeat(i), repeat.Effects)));
            }
        }

        var bySlot = new Matched[counts.Length][];
        for (var slot = 0; slot < counts.Length; slot++)
        {
            bySlot[slot] = counts[slot] == 0 ? [] : new Matched[counts[slot]];
        }

        var filled = new int[counts.Length];
        for (var i = 0; i < activities.Length; i++)
        {
            if (slots[i] >= 0)
            {
                bySlot[slots[i]][filled[slots[i]]++] = matched[i];
            }
        }

        foreach (var (slot, repeat) in repeats)
        {
            bySlot[slot][filled[slot]++] = repeat;
        }

        ArrayPool<int>.Shared.Return(slots);
        matched.AsSpan(0, activities.Length).Clear(); // the pool would keep the activities alive
        ArrayPool<Matched>.Shared.Return(matched);
        return [.. parts.Select(part => bySlot[offsets[part.Index]..offsets[part.Index + 1]])];
    }

    /// <summary>In the order of their ids. Storage hands them over so; then nothing has to be sorted.</summary>
    private static Activity[] Ordered(IReadOnlyList<Activity> activities)
    {
        // An array that is in order is taken as it is; nothing here writes to it.
        var ordered = activities as Activity[] ?? [.. activities];
        for (var i = 1; i < ordered.Length; i++)
        {
            if (Compare(ordered[i - 1], ordered[i]) >= 0)
            {
                ordered = [.. activities];
                Array.Sort(ordered, Compare);
                break;
            }
        }

        return ordered;
    }

    private static int Compare(Activity left, Activity right)
    {
        if (left.Id.Kind != right.Id.Kind)
        {
            return left.Id.Kind < right.Id.Kind ? -1 : 1;
        }

        var bySource = string.CompareOrdinal(left.Id.Source, right.Id.Source);
        return bySource != 0 ? bySource : string.CompareOrdinal(left.Id.ExternalId, right.Id.ExternalId);
    }
}
