using System.Text;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>Line and character in a text, both from 1; line 0 is the file as a whole, column 0 the line as a whole.</summary>
internal readonly record struct TextPlace(int Line, int Column)
{
    public static TextPlace WholeFile => default;
}

/// <summary>What is wrong with one file, as far as it was read.</summary>
/// <remarks>
/// A file is taken whole or not at all. A page of a feed is taken record by record: its readers say which record their problems are of
/// (<see cref="Unreadable"/>), and what makes the whole of it unreadable is broken (<see cref="Break"/>).
/// </remarks>
internal sealed class ProblemList(string file, bool isPage = false)
{
    private const int MostValueCharacters = 80;

    private readonly List<ImportProblem> _problems = [];
    private readonly List<UnreadableRecord> _unreadable = [];
    private readonly HashSet<int> _told = [];
    private int _open;
    private bool _isBroken;

    public int Count => _problems.Count;

    /// <summary>Whether the records that can be read are taken, whatever is wrong with others.</summary>
    public bool IsPage => isPage;

    /// <summary>More was found than is shown: reading on tells nothing new.</summary>
    public bool IsFull { get; private set; }

    public void Add(TextPlace place, string? field, string? value, string expected)
    {
        if (!isPage && _problems.Count == ImportResult.MostProblems)
        {
            IsFull = true;
            return;
        }

        _problems.Add(new ImportProblem(file, place.Line, place.Column, field, value is null ? null : Shorten(value), expected));
    }

    /// <summary>A list for a part of the file, which is named after it.</summary>
    public ProblemList Of(string part) => new($"{file}, {part}");

    /// <summary>Takes the problems of a part.</summary>
    public void Take(ProblemList part)
    {
        foreach (var problem in part._problems)
        {
            if (_problems.Count == ImportResult.MostProblems)
                break;
            _problems.Add(problem);
        }

        IsFull |= part.IsFull;
    }

    /// <summary>Says that the file as such cannot be read, and not only a record of it.</summary>
    public void Break() => _isBroken = true;

    /// <summary>Whether there are problems of which nobody has said yet what they are of.</summary>
    public bool HasOpen => _open < _problems.Count;

    /// <summary>Leaves the problems so far to no record.</summary>
    public void Leave() => _open = _problems.Count;

    /// <summary>Says which record the open problems are of.</summary>
    /// <param name="externalId">Its id, where it can be told.</param>
    /// <param name="key">Tells it apart where it has none: the same for the same record of a later page.</param>
    public void Unreadable(string? externalId, string key)
    {
        if (isPage && HasOpen)
        {
            _unreadable.Add(new UnreadableRecord(externalId, key, _problems[_open]));
            _told.UnionWith(Enumerable.Range(_open, _problems.Count - _open));
        }

        Leave();
    }

    /// <summary>The records that can be read, and what is wrong with the others.</summary>
    public PageContent Page(IReadOnlyList<CapturedRecord> records)
    {
        if (_isBroken)
            return new PageContent([], [], _problems[^1]);

        var others = _problems.Where((_, index) => !_told.Contains(index))
            .Select(problem => new UnreadableRecord(null, $"{problem.Field} {problem.Value} {problem.Expected}", problem));
        return new PageContent(records, [.. _unreadable, .. others], null);
    }

    /// <summary>All of the records, or the problems in the file's order and none of the records.</summary>
    public ImportResult Result(string format, IReadOnlyList<CapturedRecord> records) => Count == 0
        ? new ImportResult(format, records, [])
        : new ImportResult(format, [], [.. _problems.OrderBy(problem => problem.Line).ThenBy(problem => problem.Column)], IsFull);

    /// <summary>One line of at most 80 characters.</summary>
    private static string Shorten(string value)
    {
        var kept = value.Length > MostValueCharacters ? MostValueCharacters - 1 : value.Length;
        if (kept < value.Length && char.IsHighSurrogate(value[kept - 1]))
            kept--;

        var text = new StringBuilder(kept + 1);
        foreach (var character in value.AsSpan(0, kept))
            text.Append(char.IsControl(character) ? ' ' : character);
        return kept < value.Length ? text.Append('…').ToString() : text.ToString();
    }
}
