namespace MspBilling.Adapters.Documents;

/// <summary>What stands at the top of every page after the first, and at the foot of all.</summary>
internal sealed class PageEdges
{
    private const float RoomForPageNumber = 90;

    private readonly Composition _composition;
    private readonly Sheet _sheet;
    private readonly IReadOnlyList<Words> _foot;

    public PageEdges(Composition composition)
    {
        (_composition, _sheet) = (composition, composition.Sheet);
        var (issuer, style, width) = (composition.Printed.Issuer, composition.Typography.Small, _sheet.TextWidth - RoomForPageNumber);
        var registration = string.Join("  ·  ", [issuer.Name, .. issuer.RegistrationLines]);
        _foot = [.. composition.Printed.Template.FooterLines.Prepend(registration).SelectMany(line => style.Wrap(line, width))];
    }

    /// <summary>Content ends here.</summary>
    public float FooterTop => RuleTop - 8;

    private float RuleTop => _sheet.Height - 26 - (_foot.Count * _composition.Typography.Small.LineHeight) - 6;

    /// <returns>Where the content begins.</returns>
    public float DrawHead(Page page)
    {
        var (document, typography) = (_composition.Printed, _composition.Typography);
        var title = typography.Label.Measure(_composition.Title);
        var names = typography.Label.Wrap($"{document.Issuer.Name}  ·  {document.BillTo.Name}", _sheet.TextWidth - title.Width - 20);
        page.Write(names[0], Sheet.Left, 26);
        page.WriteRight(title, _sheet.Right, 26);
        return 48;
    }

    /// <summary>Called when it is known how many pages there are.</summary>
    public void DrawFeet(List<Page> pages)
    {
        var typography = _composition.Typography;
        for (var number = 1; number <= pages.Count; number++)
        {
            var page = pages[number - 1];
            page.Fill(new(0, 0, _sheet.Width, 5), typography.Brand);
            page.Rule(RuleTop, typography.Rule);
            var (format, labels) = (_composition.Format, _composition.Labels);
            var count = format.Fill(labels.PageOf, format.Count(number), format.Count(pages.Count));
            page.Decorate(() => DrawFoot(page, typography.Small.Measure(count)));
            if (_composition.Printed.Watermark is { Length: > 0 } watermark)
                page.Watermark = _composition.Typography.WatermarkOf(watermark);
        }
    }

    private void DrawFoot(Page page, Words count)
    {
        var top = RuleTop + 5;
        foreach (var line in _foot)
        {
            page.Write(line, Sheet.Left, top);
            top += line.Style.LineHeight;
        }

        page.WriteRight(count, _sheet.Right, RuleTop + 5);
    }
}
