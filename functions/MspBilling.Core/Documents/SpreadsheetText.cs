using System.Text;

namespace MspBilling.Core.Documents;

/// <summary>Text from outside, made safe to open in a spreadsheet, which runs a cell that begins like a formula.</summary>
/// <remarks>
/// Put on one line, stripped of control characters and of white space around it, and led by an apostrophe if it then begins with one
/// of <c>= + - @</c> or their full-width forms (OWASP's advice, as https://symfony.com/cve-2021-41270 tells it; tabs and line breaks
/// cannot lead any more). For text only: numbers and dates are made by us and stay as they are, so that -40.00 is a number.
/// </remarks>
public static class SpreadsheetText
{
    private const string FormulaStarts = "=+-@＝＋－＠";

    public static string Safe(string? text)
    {
        var line = OneLine(text ?? "");
        return line.Length > 0 && FormulaStarts.Contains(line[0], StringComparison.Ordinal) ? "'" + line : line;
    }

    private static string OneLine(string text)
    {
        var line = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            if (!char.IsWhiteSpace(c) && !char.IsControl(c))
                line.Append(c);
            else if (line.Length > 0 && line[^1] != ' ')
                line.Append(' ');
        }

        return line.ToString().TrimEnd(' ');
    }
}
