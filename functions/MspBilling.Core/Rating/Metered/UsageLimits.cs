using MspBilling.Core.Agreements;
using MspBilling.Core.Time;

namespace MspBilling.Core.Rating;

/// <summary>The maximum and the minimum of a usage line, over all of its groups, each as a line of its own.</summary>
/// <remarks>
/// <para>
/// The maximum first: lines of 70.00 and 50.00 under a maximum of 100.00 stay as they are and 20.00 are written down, so that the use
/// can still be read. Then the minimum: a true-up line brings the line to it, also without any use. A minimum is prorated by the days that
/// the agreement has the line: 100.00 x 17/30 days = 56.67, rounded once, less what is billed.
/// </para>
/// <para>
/// Both hold for the period, not for each version of the agreement in it. What earlier versions billed counts towards the maximum, and the last
/// version with the line settles the minimum, which is the sum of the versions' own, each by its days.
/// </para>
/// </remarks>
internal static class UsageLimits
{
    public static void Rate(AgreementPart part, UsageLine line, Money use, RatingOutput output)
    {
        var key = part.Key(line, "billed");
        var before = new Money(output.Total(key), part.Currency);
        var billed = before + use;
        if (line.Maximum is { } maximum && Room(maximum, before) is var room && use > room)
        {
            WriteDown(part, line, room - use, before, use, output);
            billed = before + room;
        }

        if (!IsLast(part, line))
        {
            output.Carry(new RunningTotal(key, billed.Amount, part.Period.End));
            return;
        }

        var minimums = Minimums(part, line);
        var least = Rounding.ToMoney(minimums.Sum(minimum => minimum.Share.Of(minimum.Amount)), part.Currency);
        if (minimums.Count > 0 && least > billed)
        {
            TrueUp(part, line, minimums, least, billed, output);
        }
    }

    private static Money Room(decimal maximum, Money before)
    {
        var room = Rounding.ToMoney(maximum, before.Currency) - before;
        return room.IsNegative ? Money.Zero(before.Currency) : room;
    }

    private static void WriteDown(AgreementPart part, UsageLine line, Money above, Money before, Money use, RatingOutput output)
    {
        var earlier = before.IsZero ? "" : $" after {Figures.Of(before)} earlier in the period";
        var code = part.Currency.Code;
        output.Add(part, line, part.Line(
            line, "", $"{NameOf(line)}: above the maximum", 1, "month", new UnitPrice(above.Amount, above.Currency), above,
            part.Explain(
                nameof(UsageLimits),
                $"Use comes to {Figures.Of(use)}{earlier}; the maximum is {Figures.Of(Rounding.ToMoney(line.Maximum!.Value, part.Currency))}, so {Figures.Of(-above)} is written down.",
                [new("use", use.Amount, code), new("before", before.Amount, code), new("maximum", line.Maximum.Value, code), new("amount", above.Amount, code)])) with
        { Kind = LineKind.WriteDown });
    }

    private static void TrueUp(AgreementPart part, UsageLine line, List<(decimal Amount, Fraction Share)> minimums, Money least, Money billed, RatingOutput output)
    {
        var amount = least - billed;
        var code = part.Currency.Code;
        var figures = new List<ExplainedFigure>();
        foreach (var (minimum, share) in minimums)
        {
            figures.AddRange([new("minimum", minimum, code), new("days", share.Numerator, "day"), new("periodDays", share.Denominator, "day")]);
        }

        figures.AddRange([new("billed", billed.Amount, code), new("amount", amount.Amount, code)]);
        var words = string.Join(" + ", minimums.Select(minimum => WordsOf(minimum.Amount, minimum.Share, part.Currency)));
        var sum = minimums is [{ Share.IsWhole: true }] ? "" : $" = {Figures.Of(least)}";
        output.Add(part, line, part.Line(
            line, "", $"{NameOf(line)}: minimum commitment", 1, "month", new UnitPrice(amount.Amount, amount.Currency), amount,
            part.Explain(nameof(UsageLimits), $"Minimum {words}{sum}, less {Figures.Of(billed)} billed = {Figures.Of(amount)}.", figures)) with
        { Kind = LineKind.TrueUp });
    }

    private static string WordsOf(decimal minimum, Fraction share, Currency currency) =>
        Figures.Of(new UnitPrice(minimum, currency)) + (share.IsWhole ? "" : $" x {share} days");

    public static string NameOf(UsageLine line) => line.Description ?? line.Service;

    /// <summary>Of each version in the period that has the line with one, up to this part.</summary>
    private static List<(decimal Amount, Fraction Share)> Minimums(AgreementPart part, UsageLine line)
    {
        var minimums = new List<(decimal, Fraction)>();
        foreach (var (version, days) in Versions(part))
        {
            if (days.Start <= part.InForce.Start && LineOf(version, line.Id) is { Minimum: { } minimum })
            {
                minimums.Add((minimum, part.Period.ShareOf(days)));
            }
        }

        return minimums;
    }

    /// <summary>Whether no later version in the period has the line.</summary>
    public static bool IsLast(AgreementPart part, UsageLine line) =>
        !Versions(part).Any(other => other.Days.Start > part.InForce.Start && LineOf(other.Version, line.Id) is not null);

    private static IEnumerable<(AgreementVersion Version, Period Days)> Versions(AgreementPart part)
    {
        foreach (var version in part.Agreement.Versions)
        {
            if (version.InForce.Overlap(part.Period) is { } days)
            {
                yield return (version, days);
            }
        }
    }

    private static UsageLine? LineOf(AgreementVersion version, string id) => version.Lines.OfType<UsageLine>().FirstOrDefault(line => line.Id == id);
}
