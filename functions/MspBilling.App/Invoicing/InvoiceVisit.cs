using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;

namespace MspBilling.App.Invoicing;

/// <summary>Why an entry did not get its invoice's number.</summary>
/// <param name="Words">The vendor's, where it has some, and what to do.</param>
/// <param name="IsOfEntry">Whether the source answered, and refused this one for good.</param>
internal sealed record WriteFailure(string Words, bool IsOfEntry)
{
    /// <summary>Whether the source asks for a pause that is longer than its connector waits.</summary>
    public bool IsThrottled { get; init; }
}

/// <summary>Goes on with one invoice: first with what was not asked for yet, then with what failed before, so that what always fails keeps nothing else back.</summary>
internal sealed class InvoiceVisit
{
    /// <summary>What is noted of one invoice must fit into its row.</summary>
    internal const int MostLeft = 1000;

    private const int MostWords = 400;

    private readonly WriteBack _before;
    private readonly IReadOnlyList<InvoicedTime.Entry> _entries;
    private readonly Queue<InvoicedTime.Entry> _again;
    private readonly Dictionary<RecordId, UnwrittenTime> _left;
    private int _asked;

    /// <param name="givenUpToo">Whether what was given up is tried again.</param>
    public InvoiceVisit(WriteBack before, IReadOnlyList<InvoicedTime.Entry> entries, bool givenUpToo)
    {
        (_before, _entries, _asked) = (before, entries, before.Asked);
        _left = before.Left.ToDictionary(time => time.Activity, time => givenUpToo ? time with { IsGivenUp = false } : time);
        _again = new Queue<InvoicedTime.Entry>(entries.Take(_asked).Where(entry => _left.GetValueOrDefault(entry.Activity) is { IsGivenUp: false }));
    }

    /// <summary>The next to be asked for; null when there is none, or no room to note more that fail.</summary>
    public InvoicedTime.Entry? Next() =>
        _asked < _entries.Count && _left.Count < MostLeft ? _entries[_asked++]
        : _again.TryDequeue(out var again) ? again
        : null;

    public void Written(InvoicedTime.Entry entry) => _left.Remove(entry.Activity);

    public void Left(InvoicedTime.Entry entry, WriteFailure failure) =>
        _left[entry.Activity] = new UnwrittenTime(entry.Activity, failure.Words.Length <= MostWords ? failure.Words : failure.Words[..MostWords] + "...", failure.IsOfEntry);

    public WriteBack Now(string? problem) => _before with
    {
        Entries = _entries.Count,
        Asked = _asked,
        Left = [.. _left.Values.OrderBy(time => time.Activity.ExternalId, StringComparer.Ordinal)],
        Problem = problem ?? (_asked < _entries.Count && _left.Count >= MostLeft
            ? $"{MostLeft} of its entries were not taken, and the rest is not tried before that is mended. Then: write-back --period {_before.Period}."
            : null),
    };
}

/// <summary>Tells a source that is away from an entry that it does not answer for: after so many failures in a row the rest waits for the next time.</summary>
internal sealed class SourcePatience
{
    private const int MostInARow = 3;

    private int _inARow;

    public bool IsOver => Problem is not null;

    /// <summary>Why the rest waits; null when it does not.</summary>
    public string? Problem { get; private set; }

    public void Answered() => _inARow = 0;

    public void Failed(WriteFailure failure)
    {
        if (failure.IsThrottled || ++_inARow >= MostInARow)
        {
            Problem = failure.Words;
        }
    }
}
