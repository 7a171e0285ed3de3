using System.Runtime.CompilerServices;

namespace MspBilling.Core.Rating;

/// <summary>What becomes of activities, each numbered once for all those of which it does: most of a month's activities are billed by few lines.</summary>
/// <remarks>
/// Reasons and details are told apart as objects: a line's description is one object for all that it bills, and to compare texts for each
/// activity would cost more than a number that is given twice. What has a value is particular to its activity.
/// </remarks>
internal sealed class Outcomes
{
    private readonly List<Outcome> _all = [];
    private readonly Dictionary<Alike, int> _numbers = [];
    private int _last = -1;

    public Outcome this[int number] => _all[number];

    public int Of(DispositionKind kind, Reason? reason, string? detail, Money? value)
    {
        if (value is not null)
        {
            _all.Add(new Outcome(kind, reason, detail, value));
            return _all.Count - 1;
        }

        // Mostly that of the activity before it.
        var alike = new Alike(kind, reason, detail);
        if (_last >= 0 && _all[_last] is { Value: null } last && alike.Equals(new Alike(last.Kind, last.Reason, last.Detail)))
        {
            return _last;
        }

        if (!_numbers.TryGetValue(alike, out var number))
        {
            number = _all.Count;
            _all.Add(new Outcome(kind, reason, detail, null));
            _numbers.Add(alike, number);
        }

        return _last = number;
    }

    private readonly struct Alike(DispositionKind kind, Reason? reason, string? detail) : IEquatable<Alike>
    {
        private readonly DispositionKind _kind = kind;
        private readonly Reason? _reason = reason;
        private readonly string? _detail = detail;

        public bool Equals(Alike other) => _kind == other._kind && ReferenceEquals(_reason, other._reason) && ReferenceEquals(_detail, other._detail);

        public override bool Equals(object? obj) => obj is Alike other && Equals(other);

        public override int GetHashCode() => RuntimeHelpers.GetHashCode(_detail) ^ RuntimeHelpers.GetHashCode(_reason) ^ (int)_kind;
    }
}

/// <param name="Value">What it would have been billed at, where that is known.</param>
internal readonly record struct Outcome(DispositionKind Kind, Reason? Reason, string? Detail, Money? Value);
