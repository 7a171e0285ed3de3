using SkiaSharp;

namespace MspBilling.Adapters.Documents;

/// <summary>What is drawn on one A4 page, in reading order, in points from the top left.</summary>
internal sealed class Page
{
    public const float Width = 595.28f;
    public const float Height = 841.89f;
    public const float Left = 45;
    public const float Right = 550;

    private readonly List<Box> _boxes = [];
    private readonly List<Rule> _rules = [];
    private readonly List<PlacedWords> _words = [];

    /// <summary>Filled rectangles, which lie under the text.</summary>
    public IReadOnlyList<Box> Boxes => _boxes;

    public IReadOnlyList<Rule> Rules => _rules;

    public IReadOnlyList<PlacedWords> Words => _words;

    /// <summary>Drawn first, from corner to corner.</summary>
    public Words? Watermark { get; set; }

    public PlacedImage? Image { get; set; }

    /// <summary>Edges go to the nearest quarter of a point: nobody sees it, and the file spells them in few digits.</summary>
    public void Fill(SKRect area, SKColor color, float corner = 0) =>
        _boxes.Add(new Box(new SKRect(Quarter(area.Left), Quarter(area.Top), Quarter(area.Right), Quarter(area.Bottom)), color, corner));

    /// <summary>A line from margin to margin.</summary>
    public void Rule(float y, SKColor color, float thickness = 0.5f) => _rules.Add(new Rule(Quarter(y), color, thickness));

    /// <param name="words">What is written.</param>
    /// <param name="left">Where it begins.</param>
    /// <param name="top">The top of its line.</param>
    public void Write(Words words, float left, float top) => _words.Add(new PlacedWords(words, left, top + words.Style.Baseline));

    public void WriteRight(Words words, float right, float top) => Write(words, right - words.Width, top);

    private static float Quarter(float points) => MathF.Round(points * 4) / 4;
}

internal readonly record struct Box(SKRect Area, SKColor Color, float Corner);

internal readonly record struct Rule(float Y, SKColor Color, float Thickness);

internal readonly record struct PlacedWords(Words Words, float Left, float Baseline);

internal readonly record struct PlacedImage(SKImage Image, SKRect Area);
