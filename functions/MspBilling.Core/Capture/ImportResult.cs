using System.Globalization;

namespace MspBilling.Core.Capture;

/// <summary>What a file held: all of its records, or what is wrong with it and no record at all.</summary>
/// <param name="Format">The format it was read as, such as <c>connectwise/time-entries</c>.</param>
/// <param name="Records">Empty when there are problems: a file is taken whole or not at all.</param>
/// <param name="Problems">The first problems in file order, at most <see cref="MostProblems"/>.</param>
/// <param name="MoreProblems">Whether reading stopped counting at <see cref="MostProblems"/>.</param>
public sealed record ImportResult(
    string Format, IReadOnlyList<CapturedRecord> Records, IReadOnlyList<ImportProblem> Problems, bool MoreProblems = false)
{
    public const int MostProblems = 20;
}

/// <summary>One thing wrong with an imported file, in words for the person who can mend it.</summary>
/// <param name="File">The file's name as it was given.</param>
/// <param name="Line">From 1; 0 when the file as a whole is meant.</param>
/// <param name="Column">Character in the line, from 1; 0 when the line as a whole is meant.</param>
/// <param name="Field">The column or JSON property, such as <c>actualHours</c>, or null.</param>
/// <param name="Value">What was found, shortened to 80 characters, or null.</param>
/// <param name="Expected">What should be there, such as <c>a number like 12.5</c>.</param>
public sealed record ImportProblem(string File, int Line, int Column, string? Field, string? Value, string Expected)
{
    public override string ToString()
    {
        var place = (Line, Column) switch
        {
            (0, _) => File,
            (_, 0) => string.Create(CultureInfo.InvariantCulture, $"{File}, line {Line}"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{File}, line {Line}, column {Column}"),
        };
        var found = (Field, Value) switch
        {
            (null, null) => "",
            (null, _) => $"found '{Value}', ",
            (_, null) => $"{Field}: ",
            _ => $"{Field} is '{Value}', ",
        };
        return $"{place}: {found}expected {Expected}";
    }
}
