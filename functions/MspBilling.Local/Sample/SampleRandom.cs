namespace MspBilling.Local.Sample;

/// <summary>SplitMix64: the same numbers on every machine and runtime, which System.Random does not promise.</summary>
internal sealed class SampleRandom(ulong seed)
{
    private ulong _state = seed;

    public int Below(int bound) => (int)(Next() % (ulong)bound);

    public int Between(int lowest, int highest) => lowest + Below(highest - lowest + 1);

    public bool Chance(int percent) => Below(100) < percent;

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Below(choices.Count)];

    /// <summary>An item of weight 6 comes twice as often as one of weight 3; weight 0 never comes.</summary>
    public T PickBy<T>(IReadOnlyList<T> choices, Func<T, int> weight)
    {
        var left = Below(choices.Sum(weight));
        foreach (var choice in choices)
        {
            left -= weight(choice);
            if (left < 0)
                return choice;
        }

        throw new ArgumentException("Nothing to pick from: every weight is 0.", nameof(choices));
    }

    private ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15;
            var mixed = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            return mixed ^ (mixed >> 31);
        }
    }
}
