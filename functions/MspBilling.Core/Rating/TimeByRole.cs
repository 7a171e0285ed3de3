using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Technicians' time: hours raised to a minimum and a whole increment, less included hours, at the role's rate.</summary>
/// <remarks>
/// Each entry by itself: raised to the minimum, then up to a whole increment (0.30 h with 0.25/0.25 is 0.50 h). Included hours
/// are drawn in the order of the entries' start, in charged hours, and are never prorated; what one entry has over is billed. The
/// rate is the agreement's for the role on that day (of two, the one that began later), else the rate card's if it is in the
/// agreement's currency; where there is none, or it is 0, the entry is held. One line a role and rate, rounded once: 20 entries of 0.25 h at 95.00 are 5.00 h x 95.00 = 475.00.
/// </remarks>
internal static class TimeByRole
{
    private sealed record Priced(TimeEntry Entry, DateOnly Day, decimal Charged, decimal Covered, decimal Rate)
    {
        public decimal Billed => Charged - Covered;
    }

    public static RatedPeriod Rate(AgreementPeriod part)
    {
        if (part.Agreement.Line<TimeLine>() is not { } line)
        {
            return RatedPeriod.Empty;
        }

        var dispositions = new List<Disposition>();
        var priced = new List<Priced>();
        var left = part.Agreement.CoversAllTime ? decimal.MaxValue : Math.Max(part.Agreement.IncludedHours ?? 0, 0);
        foreach (var entry in part.Of<TimeEntry>().OrderBy(e => e.Start).ThenBy(e => e.Id.ExternalId, StringComparer.Ordinal))
        {
            var day = part.Case.Client.LocalDate(entry.Start);
            if (entry.RoleId is null)
            {
                dispositions.Add(Disposition.Held(entry, Reason.MissingRole));
                continue;
            }

            // Time that costs nothing needs no rate.
            if ((part.Agreement.CoversAllTime ? 0 : RateOf(entry.RoleId, day, part.Agreement, part.Case)) is not { } rate)
            {
                dispositions.Add(Disposition.Held(entry, Reason.MissingRate, $"{entry.RoleName} in {part.Agreement.Currency} on {part.Agreement.Name}."));
                continue;
            }

            var charged = Charged(entry.Hours, line);
            var covered = Math.Min(charged, left);
            left -= part.Agreement.CoversAllTime ? 0 : covered;
            priced.Add(new Priced(entry, day, charged, covered, rate));
            dispositions.AddRange(Shares(priced[^1]));
        }

        return new RatedPeriod([.. CoveredLine(part, line, priced), .. BilledLines(part, line, priced)], dispositions);
    }

    /// <summary>What the entry would cost at its agreement's or the client's rate, for reports of held time.</summary>
    internal static Money? Estimate(TimeEntry entry, RatingCase @case)
    {
        var day = @case.Client.LocalDate(entry.Start);
        var agreement = entry.AgreementId is { } id
            ? @case.Agreement(id)
            : @case.Agreements.FirstOrDefault(a => a.Term.Contains(day) && a.Line<TimeLine>() is not null);
        var rate = agreement is null || entry.RoleId is null ? null : RateOf(entry.RoleId, day, agreement, @case);
        return rate is null || entry.Hours < 0 ? null : new UnitPrice(rate.Value, agreement!.Currency).Extend(entry.Hours);
    }

    // Never less than one increment: what was worked is more than nothing, so the first step is the least that is charged.
    private static decimal Charged(decimal worked, TimeLine line) =>
        Rounding.UpToIncrement(Math.Max(Math.Max(worked, line.MinimumHours), line.IncrementHours), line.IncrementHours);

    private static decimal? RateOf(string roleId, DateOnly day, Agreement agreement, RatingCase @case)
    {
        var own = agreement.RoleRates.Where(r => r.RoleId == roleId && r.InForce.Contains(day)).MaxBy(r => r.InForce.Start)?.HourlyRate;
        var card = agreement.Currency == @case.Directory.Settings.HomeCurrency ? @case.Directory.WorkRole(roleId)?.HourlyRate : null;
        return (own ?? card) is > 0 and var rate ? rate : null;
    }

    // The captured hours follow the charged ones: an entry half covered has its covered share of the worked hours, the rest is billed.
    private static IEnumerable<Disposition> Shares(Priced priced)
    {
        var worked = priced.Entry.Captured;
        var coveredWorked = priced.Billed == 0 ? worked : new CapturedQuantity(Rounding.ToPlaces(worked.Hours * priced.Covered / priced.Charged, 4), 0, 0);
        if (priced.Covered > 0)
        {
            yield return new Disposition(priced.Entry.Id, DispositionKind.Covered, Reason.IncludedHours, null, coveredWorked);
        }

        if (priced.Billed > 0)
        {
            yield return new Disposition(priced.Entry.Id, DispositionKind.Billed, null, null, worked - coveredWorked);
        }
    }

    private static IEnumerable<RatedLine> CoveredLine(AgreementPeriod part, TimeLine line, List<Priced> priced)
    {
        var covered = priced.Where(p => p.Covered > 0).ToList();
        if (covered.Count == 0)
        {
            yield break;
        }

        var hours = covered.Sum(p => p.Covered);
        var included = part.Agreement.IncludedHours ?? 0;
        var sentence = part.Agreement.CoversAllTime
            ? $"{part.Agreement.Name} includes all time."
            : string.Create(CultureInfo.InvariantCulture, $"{Figures.Hours(hours)} h of the {Figures.Hours(included)} h that {part.Agreement.Name} includes a month; {Figures.Hours(included - hours)} h left.");
        yield return part.Line(
            line.Service,
            "Time covered by included hours",
            hours,
            "h",
            new UnitPrice(0, part.Agreement.Currency),
            Money.Zero(part.Agreement.Currency),
            new Explanation(nameof(TimeByRole), sentence),
            [.. covered.Select(p => Detail(p, p.Covered))]);
    }

    private static IEnumerable<RatedLine> BilledLines(AgreementPeriod part, TimeLine line, List<Priced> priced) =>
        priced.Where(p => p.Billed > 0)
            .GroupBy(p => (Role: p.Entry.RoleName ?? p.Entry.RoleId!, p.Rate))
            .OrderBy(role => role.Key.Role, StringComparer.Ordinal).ThenBy(role => role.Key.Rate)
            .Select(role => BilledLine(part, line, role.Key.Role, role.Key.Rate, [.. role]));

    private static RatedLine BilledLine(AgreementPeriod part, TimeLine line, string role, decimal hourly, List<Priced> entries)
    {
        var hours = entries.Sum(p => p.Billed);
        var price = new UnitPrice(hourly, part.Agreement.Currency);
        var amount = price.Extend(hours);
        var beyond = part.Agreement.IncludedHours is > 0 and var included
            ? string.Create(CultureInfo.InvariantCulture, $" beyond the {Figures.Hours(included)} h included")
            : "";
        var sentence = string.Create(
            CultureInfo.InvariantCulture,
            $"{Figures.Hours(hours)} h{beyond} x {Figures.Of(price)} an hour = {Figures.Of(amount)}. Each entry is charged in steps of {Figures.Hours(line.IncrementHours)} h, at least {Figures.Hours(Charged(0, line))} h.");
        return part.Line(line.Service, $"{role} time", hours, "h", price, amount, new Explanation(nameof(TimeByRole), sentence), [.. entries.Select(p => Detail(p, p.Billed))]);
    }

    private static LineDetail Detail(Priced priced, decimal quantity)
    {
        var entry = priced.Entry;
        var reference = entry.TicketId is { } ticket ? $"#{ticket}" : entry.ProjectName;
        var description = string.Join(": ", new[] { entry.TicketSummary, entry.Notes }.Where(text => !string.IsNullOrWhiteSpace(text)));
        var treatment = (priced.Charged == entry.Hours, priced.Covered > 0 && priced.Billed > 0) switch
        {
            (true, false) => null,
            (false, false) => string.Create(CultureInfo.InvariantCulture, $"{Figures.Hours(entry.Hours)} h worked"),
            (_, true) => string.Create(CultureInfo.InvariantCulture, $"{Figures.Hours(entry.Hours)} h worked, {Figures.Hours(priced.Charged)} h charged, of it {Figures.Hours(priced.Covered)} h included"),
        };
        return new LineDetail(priced.Day, entry.TechnicianName, reference, description.Length == 0 ? entry.WorkType ?? "Work" : description, quantity, "h", treatment);
    }
}
