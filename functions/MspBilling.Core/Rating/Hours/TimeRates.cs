using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;

namespace MspBilling.Core.Rating;

/// <summary>Which hourly rate an entry has: phase, person, role, work type, agreement, rate card, in that order of precedence, dated.</summary>
/// <remarks>
/// The agreement's rates of all ranks go before the rate card's. A rate that names two attributes fits only where both do, and ranks by the
/// first of them. Of two that rank alike, the one that began later holds; of two that began together, the one that names more; else the
/// earlier in the list. A rate of 0 is no rate: where none is found the entry is held, never billed at nothing. Engineers at 95.00 and
/// Nora at 120.00: an hour that Nora works as an engineer is 120.00.
/// </remarks>
internal sealed class TimeRates
{
    private readonly IReadOnlyList<TimeRate> _own;
    private readonly IReadOnlyList<TimeRate> _card;
    private readonly ClientDirectory _directory;
    private readonly Dictionary<Key, NamedRate> _found = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly bool _byPhase;
    private readonly bool _byPerson;
    private readonly bool _byWorkType;
    private readonly bool _byDay;

    public TimeRates(AgreementPart part, TimeLine line)
    {
        (_own, _directory) = (line.Rates, part.Case.Directory);
        _card = _directory.RateCard(part.Currency);
        foreach (var rate in _own.Concat(_card))
        {
            _byPhase |= rate.Phase is not null;
            _byPerson |= rate.Person is not null;
            _byWorkType |= rate.WorkType is not null;
            _byDay |= rate.InForce.Start > part.InForce.Start || rate.InForce.End < part.InForce.End;
        }
    }

    /// <summary>The rate that prices the entry and what the work is called by. Found once for all entries that are alike in what decides it.</summary>
    public NamedRate Of(TimeEntry entry, DateOnly day)
    {
        var key = new Key(
            _byPhase ? entry.PhaseName : null,
            _byPerson ? entry.TechnicianId : null,
            _byPerson ? entry.TechnicianName : null,
            entry.RoleId,
            entry.RoleName,
            _byWorkType || (entry.RoleId ?? entry.RoleName) is null ? entry.WorkType : null,
            _byDay ? day : default);
        if (!_found.TryGetValue(key, out var found))
        {
            var rate = Best(_own, entry, day, _directory) ?? Best(_card, entry, day, _directory);
            _found.Add(key, found = Named(rate, entry));
        }

        return found;
    }

    private NamedRate Named(TimeRate? rate, TimeEntry entry)
    {
        var name = Once(entry.RoleName ?? entry.RoleId ?? (rate?.Person is null ? null : entry.TechnicianName) ?? entry.WorkType);
        return new NamedRate(rate, name, rate?.Phase is not { } phase ? name : Once(name is null ? phase : $"{phase}, {name}"));
    }

    // Entries have texts of their own: one object for one name is compared faster, and its line has to be found for every piece.
    private string? Once(string? name)
    {
        if (name is null)
        {
            return null;
        }

        if (!_names.TryGetValue(name, out var one))
        {
            _names.Add(one = name);
        }

        return one;
    }

    /// <summary>Why an entry without a rate has none: it lacks a role that a rate asks for, or there is no rate.</summary>
    public Reason WhyNone(TimeEntry entry, DateOnly day) =>
        entry.RoleId is null && entry.RoleName is null && _own.Concat(_card).Any(rate => rate.Role is not null && Holds(rate, day) && FitsBesideRole(rate, entry))
            ? Reason.MissingRole
            : Reason.MissingRate;

    /// <summary>What the entry would cost at its agreement's or the client's rate, for reports of held time.</summary>
    internal static Money? Estimate(TimeEntry entry, RatingCase @case)
    {
        var day = @case.Client.LocalDate(entry.Start);
        foreach (var agreement in @case.Agreements)
        {
            if ((entry.AgreementId is null || agreement.Id == entry.AgreementId)
                && VersionOf(agreement, entry, day)?.Lines.OfType<TimeLine>().FirstOrDefault(line => entry.Meets(line.Match, @case)) is { } line)
            {
                var rate = Best(line.Rates, entry, day, @case.Directory) ?? Best(@case.Directory.RateCard(agreement.Currency), entry, day, @case.Directory);
                return rate is not null && entry.Hours >= 0 ? new UnitPrice(rate.Price, agreement.Currency).Extend(entry.Hours) : null;
            }
        }

        return null;
    }

    // Work that names an agreement which has ended would bring what it last priced.
    private static AgreementVersion? VersionOf(Agreement agreement, TimeEntry entry, DateOnly day) =>
        agreement.On(day) ?? (entry.AgreementId is null || day < agreement.Term.Start ? null : agreement.Versions[^1]);

    private static TimeRate? Best(IReadOnlyList<TimeRate> rates, TimeEntry entry, DateOnly day, ClientDirectory directory)
    {
        TimeRate? best = null;
        for (var i = 0; i < rates.Count; i++)
        {
            var rate = rates[i];
            if (Holds(rate, day) && FitsBesideRole(rate, entry) && FitsRole(rate, entry, directory) && (best is null || GoesBefore(rate, best)))
            {
                best = rate;
            }
        }

        return best;
    }

    private static bool GoesBefore(TimeRate rate, TimeRate other)
    {
        var byRank = Rank(rate).CompareTo(Rank(other));
        return byRank != 0 ? byRank < 0
            : rate.InForce.Start != other.InForce.Start ? rate.InForce.Start > other.InForce.Start
            : Names(rate) > Names(other);
    }

    private static int Rank(TimeRate rate) => rate switch
    {
        { Phase: not null } => 0,
        { Person: not null } => 1,
        { Role: not null } => 2,
        { WorkType: not null } => 3,
        _ => 4,
    };

    private static int Names(TimeRate rate) =>
        (rate.Phase is null ? 0 : 1) + (rate.Person is null ? 0 : 1) + (rate.Role is null ? 0 : 1) + (rate.WorkType is null ? 0 : 1);

    private static bool Holds(TimeRate rate, DateOnly day) => rate.Price > 0 && rate.InForce.Contains(day);

    private static bool FitsBesideRole(TimeRate rate, TimeEntry entry) =>
        (rate.Phase is null || Same(rate.Phase, entry.PhaseName))
        && (rate.Person is null || Same(rate.Person, entry.TechnicianId) || Same(rate.Person, entry.TechnicianName))
        && (rate.WorkType is null || Same(rate.WorkType, entry.WorkType));

    // A custom rule reclassifies to a role by its name, and the PSA's rates know the role by its id.
    private static bool FitsRole(TimeRate rate, TimeEntry entry, ClientDirectory directory) =>
        rate.Role is null || Same(rate.Role, entry.RoleId) || Same(rate.Role, entry.RoleName)
        || (entry.RoleId is null && entry.RoleName is not null && Same(entry.RoleName, directory.WorkRole(rate.Role)?.Name));

    private static bool Same(string wanted, string? value) => string.Equals(wanted, value, StringComparison.OrdinalIgnoreCase);

    private readonly record struct Key(string? Phase, string? PersonId, string? Person, string? RoleId, string? Role, string? WorkType, DateOnly Day)
    {
        // Names go with their ids, which tell them apart; to hash both would cost more than it saves.
        public override int GetHashCode() => HashCode.Combine(Phase, PersonId ?? Person, RoleId ?? Role, WorkType, Day);
    }
}

/// <param name="Rate">Null for none.</param>
/// <param name="Name">What the work is called by: the role, or the person whose rate it has, or the work type; null for none of them.</param>
/// <param name="NameInPhase">The same after the phase whose rate it has.</param>
internal readonly record struct NamedRate(TimeRate? Rate, string? Name, string? NameInPhase);
