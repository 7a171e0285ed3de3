using MspBilling.Adapters.Documents.Pdf;

namespace MspBilling.Adapters.Documents;

/// <summary>What is drawn on one page, in reading order, in points from the top left, and what of the document each piece is.</summary>
/// <param name="document">The root of the document's structure, which all its pages share.</param>
/// <param name="sheet">What it is drawn on.</param>
internal sealed class Page(Element document, Sheet sheet)
{
    private readonly List<Box> _boxes = [];
    private readonly List<Rule> _rules = [];
    private readonly List<PlacedWords> _words = [];
    private readonly List<Bookmark> _bookmarks = [];
    private Element? _element;
    private Element? _paragraph;
    private bool _decorates;

    public Sheet Sheet { get; } = sheet;

    /// <summary>Filled rectangles, which lie under the text.</summary>
    public IReadOnlyList<Box> Boxes => _boxes;

    public IReadOnlyList<Rule> Rules => _rules;

    public IReadOnlyList<PlacedWords> Words => _words;

    /// <summary>Places that the reader's table of contents leads to, from top to bottom.</summary>
    public IReadOnlyList<Bookmark> Bookmarks => _bookmarks;

    /// <summary>Drawn first, from corner to corner.</summary>
    public Words? Watermark { get; set; }

    public PlacedImage? Image { get; private set; }

    /// <summary>Edges go to the nearest quarter of a point: nobody sees it, and the file spells them in few digits.</summary>
    public void Fill(Area area, Color color, float corner = 0) =>
        _boxes.Add(new Box(new Area(Quarter(area.Left), Quarter(area.Top), Quarter(area.Right), Quarter(area.Bottom)), color, corner));

    /// <summary>A line from margin to margin.</summary>
    public void Rule(float y, Color color, float thickness = 0.5f) => _rules.Add(new Rule(Quarter(y), color, thickness));

    /// <summary>Places a picture, of which one stands on a page.</summary>
    public void Place(LogoImage image, Area area, string alternateText) =>
        Image = new PlacedImage(image, area, document.Add(new Element(Role.Figure) { AlternateText = alternateText }));

    /// <param name="words">What is written. Unless an element has begun, a text is a paragraph with all the lines that it was broken into.</param>
    /// <param name="left">Where it begins.</param>
    /// <param name="top">The top of its line.</param>
    public void Write(Words words, float left, float top)
    {
        if (words.Text.Length > 0)
            _words.Add(new PlacedWords(words, left, top + words.Style.Baseline, Belongs(words)));
    }

    public void WriteRight(Words words, float right, float top) => Write(words, right - words.Width, top);

    /// <summary>All that is written from here on is one element of the document, until the next begins or this one ends.</summary>
    public void Begin(Role role) => Enter(() => document.Add(role));

    /// <summary>All that is written from here on belongs to the element that is made.</summary>
    /// <param name="make">Not called where the page only decorates.</param>
    public void Enter(Func<Element> make) => _element = _decorates ? null : make();

    /// <summary>What comes next stands for itself again.</summary>
    public void End() => _element = null;

    /// <summary>Adds an element to the document without writing into it, such as a table whose cells are written.</summary>
    public Element Open(Role role) => document.Add(role);

    /// <summary>Draws what belongs to the page and not to the document.</summary>
    public void Decorate(Action draw)
    {
        End();
        _decorates = true;
        draw();
        _decorates = false;
        End();
    }

    /// <param name="title">As the table of contents shows it.</param>
    /// <param name="depth">0 for the document, 1 for its parts, 2 for theirs.</param>
    /// <param name="top">Where it stands on the page.</param>
    public void Bookmark(string title, int depth, float top)
    {
        if (!_decorates)
            _bookmarks.Add(new Bookmark(title, depth, top));
    }

    private Element? Belongs(Words words)
    {
        if (_decorates)
            return null;

        if (_element is not null)
            return _element;

        if (words.Continues && _paragraph is not null)
            return _paragraph;

        return _paragraph = document.Add(Role.Paragraph);
    }

    private static float Quarter(float points) => MathF.Round(points * 4) / 4;
}

internal readonly record struct Box(Area Area, Color Color, float Corner);

internal readonly record struct Rule(float Y, Color Color, float Thickness);

/// <summary>Words at their place; without an element they are decoration.</summary>
internal readonly record struct PlacedWords(Words Words, float Left, float Baseline, Element? Element);

internal sealed record PlacedImage(LogoImage Image, Area Area, Element Element);

internal readonly record struct Bookmark(string Title, int Depth, float Top);
