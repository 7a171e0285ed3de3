using MspBilling.Adapters.Documents.Fonts;

namespace MspBilling.Adapters.Documents;

/// <summary>A face, a size in points and a colour.</summary>
internal sealed record TextStyle(FontFace Face, float Size, Color Color)
{
    public float LineHeight => Size * 1.32f;

    /// <summary>From the top of a line to the feet of its letters.</summary>
    public float Baseline => Size * 1.02f;

    public Words Measure(string text)
    {
        var face = Face.For(text);
        var prepared = face.Prepare(text).Replace('\n', ' ');
        return new Words(prepared, face.Width(prepared, Size), In(face));
    }

    /// <summary>Breaks the text into lines: at spaces, after a hyphen or slash within a word (not after a minus), and inside a word only if it alone is too wide.</summary>
    public IReadOnlyList<Words> Wrap(string text, float width) => In(Face.For(text)).Broken(text, width);

    private TextStyle In(FontFace face) => ReferenceEquals(face, Face) ? this : this with { Face = face };

    private List<Words> Broken(string text, float width)
    {
        var prepared = Face.Prepare(text);
        if (!prepared.Contains('\n') && Face.Width(prepared, Size) is var whole && whole <= width)
            return [new Words(prepared, whole, this)];

        var lines = new List<Words>();
        foreach (var paragraph in prepared.AsSpan().EnumerateLines())
            WrapParagraph(paragraph, width, lines);

        return lines;
    }

    private void WrapParagraph(ReadOnlySpan<char> rest, float width, List<Words> lines)
    {
        do
        {
            var length = Fitting(rest, width);
            var line = rest[..length].TrimEnd(' ');
            lines.Add(new Words(line.ToString(), Face.Width(line, Size), this, Continues: lines.Count > 0));
            rest = rest[length..].TrimStart(' ');
        }
        while (rest.Length > 0);
    }

    /// <summary>How many characters stand on the next line; at least one, so that a narrow column still ends.</summary>
    private int Fitting(ReadOnlySpan<char> text, float width)
    {
        var (units, limit, breakAt) = (0, (int)(width * Face.UnitsPerEm / Size), 0);
        for (var at = 0; at < text.Length; at++)
        {
            units += Face.Advance(Face.Glyph(text[at]));
            if (text[at] == ' ')
                breakAt = at + 1;
            else if (units > limit)
                return breakAt > 0 ? breakAt : Math.Max(at, 1);
            else if (text[at] is '-' or '/' && at > 0 && text[at - 1] != ' ')
                breakAt = at + 1;
        }

        return text.Length;
    }
}

/// <summary>A piece of text on one line, ready to draw, measured once; it may continue the line before.</summary>
internal readonly record struct Words(string Text, float Width, TextStyle Style, bool Continues = false);
