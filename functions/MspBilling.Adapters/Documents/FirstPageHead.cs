using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The upper third of the first page: who bills whom, for what, and how much is due when.</summary>
internal sealed class FirstPageHead(Composition composition, Head head)
{
    private const float LogoWidth = 190;
    private const float LogoHeight = 46;
    private const float FactsWidth = 225;

    private readonly PrintedDocument _document = composition.Printed;
    private readonly Sheet _sheet = composition.Sheet;
    private readonly Typography _typography = composition.Typography;

    private float RightColumn => _sheet.Right - FactsWidth;

    /// <returns>Where the lines begin.</returns>
    public float Draw(Page page)
    {
        var top = 36f;
        var logoBottom = DrawLogo(page, top);
        top = Math.Max(Math.Max(logoBottom, DrawIssuer(page, top)) + 14, 112);
        page.Begin(Role.Heading1);
        page.Write(_typography.Title.Measure(head.Title), Sheet.Left, top);
        page.End();
        top += 44;
        top = Math.Max(DrawBillTo(page, top), DrawFacts(page, top)) + 14;
        return DrawSentences(page, DrawBox(page, top) + 10) + 6;
    }

    private float DrawLogo(Page page, float top)
    {
        if (composition.Logo is not { } logo)
            return WriteLines(page, _typography.IssuerName.Wrap(_document.Issuer.Name, RightColumn - Sheet.Left - 20), Sheet.Left, top);

        var scale = Math.Min(LogoWidth / logo.Width, LogoHeight / logo.Height);
        var area = new Area(Sheet.Left, top, Sheet.Left + (logo.Width * scale), top + (logo.Height * scale));
        page.Place(logo, area, _document.Issuer.Name);
        return area.Bottom;
    }

    private float DrawIssuer(Page page, float top)
    {
        var issuer = _document.Issuer;
        var width = _sheet.Right - RightColumn;
        IEnumerable<Words> lines = composition.Logo is null ? [] : _typography.Strong.Wrap(issuer.Name, width);
        string?[] details = [.. issuer.AddressLines, issuer.Phone, issuer.Email, issuer.Website];
        lines = lines.Concat(details.OfType<string>().SelectMany(detail => _typography.Label.Wrap(detail, width)));
        foreach (var line in lines)
        {
            page.WriteRight(line, _sheet.Right, top);
            top += line.Style.LineHeight;
        }

        return top;
    }

    private float DrawBillTo(Page page, float top)
    {
        var (client, width) = (_document.BillTo, RightColumn - Sheet.Left - 30);
        page.Write(_typography.Label.Measure(composition.Labels.BillTo), Sheet.Left, top);
        top = WriteLines(page, _typography.Name.Wrap(client.Name, width), Sheet.Left, top + 13);
        foreach (var address in client.AddressLines)
            top = WriteLines(page, _typography.Text.Wrap(address, width), Sheet.Left, top);

        return client.TaxNumber is { } number
            ? WriteLines(page, _typography.Label.Wrap($"{composition.Labels.TaxNumber} {number}", width), Sheet.Left, top + 3)
            : top;
    }

    private float DrawFacts(Page page, float top)
    {
        foreach (var (label, value) in head.Facts)
        {
            if (value is null)
                continue;

            page.Begin(Role.Paragraph);
            var words = _typography.Label.Measure(label);
            page.Write(words, RightColumn, top + 1);
            foreach (var line in _typography.Text.Wrap(value, _sheet.Right - RightColumn - words.Width - 12))
            {
                page.WriteRight(line, _sheet.Right, top);
                top += line.Style.LineHeight;
            }

            top += 2.5f;
        }

        page.End();
        return top;
    }

    private float DrawBox(Page page, float top)
    {
        const float height = 56;
        page.Fill(new Area(Sheet.Left, top, _sheet.Right, top + height), _typography.Tint, 5);
        page.Begin(Role.Paragraph);
        page.Write(_typography.Label.Measure(head.Box.Label), Sheet.Left + 16, top + 8);
        var figure = _typography.AmountDue.Measure(head.Box.Figure);
        page.Write(figure.Width <= _sheet.TextWidth - 32 ? figure : _typography.Total.Measure(head.Box.Figure), Sheet.Left + 16, top + 20);
        if (head.Box.Aside is var (label, value))
        {
            page.Begin(Role.Paragraph);
            page.WriteRight(_typography.Label.Measure(label), _sheet.Right - 16, top + 13);
            page.WriteRight(_typography.Name.Measure(value), _sheet.Right - 16, top + 26);
        }

        page.End();
        return top + height;
    }

    private float DrawSentences(Page page, float top)
    {
        foreach (var sentence in head.Sentences)
            top = WriteLines(page, _typography.Strong.Wrap(sentence, _sheet.TextWidth), Sheet.Left, top);

        if (_document.Template.Intro is { } intro)
            top = WriteLines(page, _typography.Text.Wrap(intro, _sheet.TextWidth), Sheet.Left, top + (head.Sentences.Count > 0 ? 4 : 0));

        return head.Sentences.Count > 0 || _document.Template.Intro is not null ? top + 8 : top;
    }

    private static float WriteLines(Page page, IReadOnlyList<Words> lines, float left, float top)
    {
        foreach (var line in lines)
        {
            page.Write(line, left, top);
            top += line.Style.LineHeight;
        }

        return top;
    }
}
