using System.Text;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture;

/// <summary>Line and character in a text, both from 1; line 0 is the file as a whole, column 0 the line as a whole.</summary>
internal readonly record struct TextPlace(int Line, int Column)
{
    public static TextPlace WholeFile => default;
}

/// <summary>What is wrong with one file, as far as it was read.</summary>
internal sealed class ProblemList(string file)
{
    private const int MostValueCharacters = 80;

    private readonly List<ImportProblem> _problems = [];

    public int Count => _problems.Count;

    /// <summary>More was found than is shown: reading on tells nothing new.</summary>
    public bool IsFull { get; private set; }

    public void Add(TextPlace place, string? field, string? value, string expected)
    {
        if (_problems.Count == ImportResult.MostProblems)
        {
            IsFull = true;
            return;
        }

        _problems.Add(new ImportProblem(file, place.Line, place.Column, field, value is null ? null : Shorten(value), expected));
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
