using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>What stands at the top of every page after the first, and at the foot of all.</summary>
internal sealed class PageEdges
{
    private const float FootBottom = Page.Height - 26;
    private const float RoomForPageNumber = 90;

    private readonly Composition _composition;
    private readonly IReadOnlyList<Words> _registration;

    public PageEdges(Composition composition)
    {
        _composition = composition;
        Issuer issuer = composition.Document.Issuer;
        _registration = composition.Typography.Small.Wrap(
            string.Join("  ·  ", [issuer.Name, .. issuer.RegistrationLines]), Page.Right - Page.Left - RoomForPageNumber);
    }

    /// <summary>Content ends here.</summary>
    public float FooterTop => RuleTop - 8;

    private float RuleTop => FootBottom - (_registration.Count * _composition.Typography.Small.LineHeight) - 6;

    /// <returns>Where the content begins.</returns>
    public float DrawHead(Page page)
    {
        var (document, typography) = (_composition.Document, _composition.Typography);
        var title = typography.Label.Measure(_composition.Title);
        var names = typography.Label.Wrap($"{document.Issuer.Name}  ·  {document.BillTo.Name}", Page.Right - Page.Left - title.Width - 20);
        page.Write(names[0], Page.Left, 26);
        page.WriteRight(title, Page.Right, 26);
        return 48;
    }

    /// <summary>Called when it is known how many pages there are.</summary>
    public void DrawFeet(List<Page> pages)
    {
        var typography = _composition.Typography;
        for (var number = 1; number <= pages.Count; number++)
        {
            var page = pages[number - 1];
            page.Fill(new(0, 0, Page.Width, 5), typography.Brand);
            page.Rule(RuleTop, typography.Rule);
            var (format, labels) = (_composition.Format, _composition.Labels);
            var count = format.Fill(labels.PageOf, format.Count(number), format.Count(pages.Count));
            page.Decorate(() => DrawFoot(page, typography.Small.Measure(count)));
            if (_composition.Document.Watermark is { Length: > 0 } watermark)
                page.Watermark = typography.Watermark.Measure(watermark);
        }
    }

    private void DrawFoot(Page page, Words count)
    {
        var top = RuleTop + 5;
        foreach (var line in _registration)
        {
            page.Write(line, Page.Left, top);
            top += line.Style.LineHeight;
        }

        page.WriteRight(count, Page.Right, RuleTop + 5);
    }
}
