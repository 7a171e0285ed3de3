using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>The lots of one retainer while a part of a period is drawn from it.</summary>
/// <remarks>
/// What ends first is drawn first, of lots that end together the older. A lot can be drawn on the days from its grant to its end, half-open. Nothing is
/// lost on the way: brought forward + granted = drawn + ended + left, exactly. 4 h brought forward that end on the 10th + 16 h granted, 3 h drawn on
/// the 5th and 2 h on the 12th: 1 h ended, 14 h left.
/// </remarks>
internal sealed class RetainerLots
{
    private readonly Lot[] _lots;
    private readonly decimal[] _left;
    private int _first;

    private RetainerLots(IReadOnlyList<Lot> carried, List<RetainerGrant> grants, DateOnly start)
    {
        Grants = grants;
        BroughtForward = carried.Where(lot => lot.GrantedOn < start).Sum(lot => lot.Left);
        ToppedUp = carried.Where(lot => lot.GrantedOn >= start).Sum(lot => lot.Left);
        _lots = [.. carried.Concat(grants.Select(grant => grant.Lot)).OrderBy(lot => lot.EndsOn).ThenBy(lot => lot.GrantedOn)];
        _left = [.. _lots.Select(lot => lot.Left)];
    }

    public IReadOnlyList<RetainerGrant> Grants { get; }

    /// <summary>Left of what was granted before the part.</summary>
    public decimal BroughtForward { get; }

    /// <summary>Sold by itself at the end of the period before.</summary>
    public decimal ToppedUp { get; }

    public decimal Available => BroughtForward + ToppedUp + Grants.Sum(grant => grant.Lot.Granted);

    public decimal Drawn { get; private set; }

    /// <summary>Known once it is closed: what ended before it was drawn.</summary>
    public decimal Ended { get; private set; }

    /// <summary>Known once it is closed: what can be drawn on later days.</summary>
    public IReadOnlyList<Lot> Open { get; private set; } = [];

    public decimal Left => Open.Sum(lot => lot.Left);

    public static RetainerLots Of(AgreementPart part, RetainerLine line, RatingOutput output)
    {
        var balance = output.Balance(KeyOf(part, line));
        return new RetainerLots(balance?.Lots ?? [], RetainerGrants.Of(part, line, balance?.GrantedTo), part.InForce.Start);
    }

    /// <summary>Hours and money are never one balance: a line that a later version measures otherwise has another one for it.</summary>
    public static CarriedKey KeyOf(AgreementPart part, RetainerLine line)
    {
        var first = part.Agreement.Versions.SelectMany(version => version.Lines).OfType<RetainerLine>().First(other => other.Id == line.Id);
        return part.Key(line, line.Measure == first.Measure ? "" : line.Measure == RetainerMeasure.Money ? "money" : "hours");
    }

    /// <returns>What is drawn: all that is wanted, or what is left on that day.</returns>
    public decimal Draw(DateOnly day, decimal wanted)
    {
        while (_first < _left.Length && _left[_first] == 0)
        {
            _first++;
        }

        var drawn = 0m;
        for (var i = _first; i < _lots.Length && drawn < wanted; i++)
        {
            if (_left[i] > 0 && _lots[i].GrantedOn <= day && day < _lots[i].EndsOn)
            {
                var taken = Math.Min(_left[i], wanted - drawn);
                _left[i] -= taken;
                drawn += taken;
            }
        }

        Drawn += drawn;
        return drawn;
    }

    /// <summary>Ends what can be drawn no more on the day or later.</summary>
    public void Close(DateOnly day)
    {
        var open = new List<Lot>();
        for (var i = 0; i < _lots.Length; i++)
        {
            if (_lots[i].EndsOn <= day)
            {
                Ended += _left[i];
            }
            else if (_left[i] > 0)
            {
                open.Add(_lots[i] with { Left = _left[i] });
            }
        }

        Open = open;
    }

    /// <summary>What the next part or period starts from.</summary>
    public Balance Carried(CarriedKey key, DateOnly grantedTo, Lot? toppedUp) =>
        new(key, toppedUp is null ? Open : [.. Open.Append(toppedUp).OrderBy(lot => lot.EndsOn).ThenBy(lot => lot.GrantedOn)]) { GrantedTo = grantedTo };
}
