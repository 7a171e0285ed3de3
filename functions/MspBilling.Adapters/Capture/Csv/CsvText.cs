using System.Text;

namespace MspBilling.Adapters.Capture.Csv;

/// <summary>Opens a CSV file: its encoding, its separator, and whether its first line is Excel's <c>sep=;</c>.</summary>
/// <remarks>
/// UTF-8 with or without a byte order mark; UTF-16 with one, which is what Excel saves as Unicode Text; Windows-1252 only where that is declared,
/// because any bytes at all are text in it. The separator is the one of comma, semicolon and tab that makes the most known columns of the header,
/// and of those that make as many, the one that makes the most.
/// </remarks>
internal static class CsvText
{
    private const string Expected = Utf8Text.Expected + ", or declare the encoding windows-1252 if that is what it has";
    private const int MostOfHeader = 64 * 1024;
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>A reader before the header; null, with a problem, for a file that is empty.</summary>
    /// <param name="isKnown">Whether a column is called so.</param>
    public static CsvReader? Open(Stream content, ProblemList problems, CsvDialect dialect, Func<string, bool> isKnown)
    {
        var start = content.Position;
        var header = Header(Decoded(content, dialect));
        content.Position = start;
        var isTold = header.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && header.Length >= 5 && Separators.Contains(header[4]) && header.AsSpan(5).Trim(header[4]).IsWhiteSpace();
        var separator = isTold ? header[4] : Separators.MaxBy(candidate => (Known: Cells(header, candidate).Count(isKnown), Cells(header, candidate).Count));
        var csv = new CsvReader(Decoded(content, dialect), problems, separator: separator, isOfSpreadsheet: true, textWords: Expected);
        if ((!isTold || csv.Read()) && csv.Read())
            return csv;

        if (problems.Count == 0)
            problems.Add(TextPlace.WholeFile, null, null, "a header with the names of the columns, but the file is empty");
        return null;
    }

    private static Stream Decoded(Stream content, CsvDialect dialect)
    {
        var start = content.Position;
        Span<byte> mark = stackalloc byte[2];
        var read = content.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false);
        var isUtf16 = read == 2 && mark is [0xFF, 0xFE] or [0xFE, 0xFF];
        if (isUtf16)
            return new TextTranscoder(content, new UnicodeEncoding(bigEndian: mark[0] == 0xFE, byteOrderMark: false));

        content.Position = start;
        return dialect.IsWindows1252 ? new TextTranscoder(content, CodePagesEncodingProvider.Instance.GetEncoding(CsvDialect.Windows1252)!) : content;
    }

    /// <summary>The first line that is not empty, as far as it is not very long; what is no text in it is told when it is read.</summary>
    private static string Header(Stream text)
    {
        var bytes = new byte[MostOfHeader];
        var length = text.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        var start = Encoding.UTF8.GetString(bytes, Utf8Text.MarkLength(bytes), Math.Max(0, length - Utf8Text.MarkLength(bytes))).TrimStart('\r', '\n');
        var isQuoted = false;
        for (var i = 0; i < start.Length; i++)
        {
            isQuoted ^= start[i] == '"';
            if (!isQuoted && start[i] is '\r' or '\n')
                return start[..i];
        }

        return start;
    }

    private static List<string> Cells(string header, char separator)
    {
        var cells = new List<string>();
        var (start, isQuoted) = (0, false);
        for (var i = 0; i <= header.Length; i++)
        {
            if (i == header.Length || (header[i] == separator && !isQuoted))
            {
                cells.Add(header[start..i].Trim('"', ' '));
                start = i + 1;
            }
            else
            {
                isQuoted ^= header[i] == '"';
            }
        }

        return cells;
    }
}
