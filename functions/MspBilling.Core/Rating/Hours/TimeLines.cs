using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MspBilling.Core.Agreements;

namespace MspBilling.Core.Rating;

/// <summary>The lines that bill time: one for each agreement line, name of the work, price, factor and set of custom rules.</summary>
/// <remarks>
/// Each is rounded once: 20 entries of 0.25 h at 95.00 are 5.00 h x 95.00 = 475.00. They stand by name, the plain price before those with a
/// factor, then by price.
/// </remarks>
internal sealed class TimeLines
{
    private const int NotBilled = -1;

    private readonly List<Group> _groups = [];

    /// <summary>Finds the line of each piece.</summary>
    public TimeLines(Span<TimePiece> pieces)
    {
        var known = new Dictionary<GroupKey, int>();
        for (var i = 0; i < pieces.Length; i++)
        {
            ref var piece = ref pieces[i];
            if ((piece.BilledHours == 0 && !piece.IsTrip) || TimeCharges.LacksPrice(piece))
            {
                piece.BilledBy = NotBilled;
                continue;
            }

            ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(known, new GroupKey(piece), out var isKnown);
            if (!isKnown)
            {
                index = _groups.Count;
                _groups.Add(new Group(piece));
            }

            piece.BilledBy = index;
            var group = _groups[index];
            group.Count++;
            group.Quantity += piece.IsTrip ? 1 : piece.BilledHours;
            group.IsBeyond |= piece.CoveredHours > 0;
        }
    }

    /// <summary>Of the line that bills the piece; null where none does.</summary>
    public string? DescriptionOf(in TimePiece piece) => piece.BilledBy == NotBilled ? null : _groups[piece.BilledBy].Description;

    public void Add(AgreementPart part, ReadOnlySpan<TimePiece> pieces, RatingOutput output)
    {
        foreach (var group in _groups)
        {
            group.Rows = new TimeRow[group.Count];
            group.Count = 0;
        }

        var treatments = new TimeTreatments();
        foreach (ref readonly var piece in pieces)
        {
            if (piece.BilledBy != NotBilled)
            {
                var group = _groups[piece.BilledBy];
                group.Rows[group.Count++] = new TimeRow(piece.Entry, piece.Day, piece.IsTrip ? 1 : piece.BilledHours, treatments.Of(piece));
            }
        }

        foreach (var group in _groups.OrderBy(group => group.Name, StringComparer.Ordinal).ThenBy(group => group.First.Label, StringComparer.Ordinal)
            .ThenBy(group => group.First.Rate).ThenBy(group => group.Rules, StringComparer.Ordinal))
        {
            var price = new UnitPrice(group.First.Rate, part.Currency);
            var amount = price.Extend(group.Quantity);
            output.Add(part, group.Line, part.Line(
                group.Line, group.Item, group.Description, group.Quantity, group.Unit, price, amount, TimeExplanation.Of(part, group, price, amount), new TimeDetails(group.Rows, group.Unit)) with
            {
                Rules = group.First.Effects?.Ids,
            });
        }
    }

    /// <summary>What one line bills.</summary>
    internal sealed class Group(in TimePiece first)
    {
        public TimePiece First { get; } = first;

        public TimeLine Line => First.Line;

        public string Name { get; } = first.Name ?? "";

        public string Unit => First.IsTrip ? "trip" : "h";

        public int Count { get; set; }

        public decimal Quantity { get; set; }

        /// <summary>Whether a retainer covers a part of what stands on it.</summary>
        public bool IsBeyond { get; set; }

        public TimeRow[] Rows { get; set; } = [];

        public string Rules { get; } = first.Effects is { } effects ? string.Join(",", effects.Ids) : "";

        /// <summary>Such as <c>Engineer@142.5, after hours x 1.5 (night-rule)</c>.</summary>
        public string Item => string.Create(CultureInfo.InvariantCulture, $"{Name}@{First.Rate:0.##########}{(First.IsTrip ? "/trip" : "")}{Labelled}{(Rules.Length == 0 ? "" : $" ({Rules})")}");

        /// <summary>Such as <c>Engineer time, after hours x 1.5 (Night work)</c>: lines that differ by a phase's rate or by custom rules have titles that do.</summary>
        public string Description { get; } =
            Titled(first) + (first.Label is null ? "" : ", " + first.Label) + (first.Effects is { } effects ? $" ({effects.Words})" : "");

        private string Labelled => First.Label is null ? "" : ", " + First.Label;

        private static string Titled(in TimePiece piece)
        {
            var isTravel = ReferenceEquals(piece.Name, TravelTime.Name);
            return piece.Line.Description is { } description
                ? (isTravel ? description + ", travel" : piece.Name is { } name && piece.Line.Rates.Any(rate => rate.Phase is not null) ? $"{description}: {name}" : description)
                : piece.IsTrip ? TravelTime.Name
                : piece.Name is null ? "Time"
                : piece.Name + " time";
        }
    }

    // By reference, where there is one object for what is the same: records would be compared member by member.
    private readonly struct GroupKey(in TimePiece piece) : IEquatable<GroupKey>
    {
        private readonly TimeLine _line = piece.Line;
        private readonly string? _name = piece.Name;
        private readonly string? _label = piece.Label;
        private readonly decimal _rate = piece.Rate;
        private readonly bool _isTrip = piece.IsTrip;
        private readonly PriceEffects? _effects = piece.Effects;

        public bool Equals(GroupKey other) =>
            ReferenceEquals(_line, other._line) && _rate == other._rate && _isTrip == other._isTrip
            && ReferenceEquals(_effects, other._effects) && _label == other._label && _name == other._name;

        public override bool Equals(object? obj) => obj is GroupKey other && Equals(other);

        // Price and length tell most of a line's names and labels apart: the texts need not be gone through for each piece.
        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_line), _rate, _name?.Length, _label?.Length);
    }
}
