using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>The upper third of the first page: who bills whom, for what, and how much is due when.</summary>
internal sealed class FirstPageHead(Composition composition)
{
    private const float LogoWidth = 190;
    private const float LogoHeight = 46;
    private const float RightColumn = 325;

    private readonly InvoiceDocument _document = composition.Document;
    private readonly InvoiceLabels _labels = composition.Labels;
    private readonly Typography _typography = composition.Typography;

    /// <returns>Where the lines begin.</returns>
    public float Draw(Page page)
    {
        var top = 36f;
        var logoBottom = DrawLogo(page, top);
        top = Math.Max(Math.Max(logoBottom, DrawIssuer(page, top)) + 14, 112);
        page.Begin(Role.Heading1);
        page.Write(_typography.Title.Measure(_labels.Invoice), Page.Left, top);
        page.End();
        top += 44;
        top = Math.Max(DrawBillTo(page, top), DrawFacts(page, top)) + 14;
        return DrawAmountDue(page, top) + 16;
    }

    private float DrawLogo(Page page, float top)
    {
        if (composition.Logo is not { } logo)
            return WriteLines(page, _typography.IssuerName.Wrap(_document.Issuer.Name, RightColumn - Page.Left - 20), Page.Left, top);

        var scale = Math.Min(LogoWidth / logo.Width, LogoHeight / logo.Height);
        var area = new Area(Page.Left, top, Page.Left + (logo.Width * scale), top + (logo.Height * scale));
        page.Place(logo, area, _document.Issuer.Name);
        return area.Bottom;
    }

    private float DrawIssuer(Page page, float top)
    {
        var issuer = _document.Issuer;
        var width = Page.Right - RightColumn;
        IEnumerable<Words> lines = composition.Logo is null ? [] : _typography.Strong.Wrap(issuer.Name, width);
        string?[] details = [.. issuer.AddressLines, issuer.Phone, issuer.Email, issuer.Website];
        lines = lines.Concat(details.OfType<string>().SelectMany(detail => _typography.Label.Wrap(detail, width)));
        foreach (var line in lines)
        {
            page.WriteRight(line, Page.Right, top);
            top += line.Style.LineHeight;
        }

        return top;
    }

    private float DrawBillTo(Page page, float top)
    {
        var (client, width) = (_document.BillTo, RightColumn - Page.Left - 30);
        page.Write(_typography.Label.Measure(_labels.BillTo), Page.Left, top);
        top = WriteLines(page, _typography.Name.Wrap(client.Name, width), Page.Left, top + 13);
        foreach (var address in client.AddressLines)
            top = WriteLines(page, _typography.Text.Wrap(address, width), Page.Left, top);

        return client.TaxNumber is { } number
            ? WriteLines(page, _typography.Label.Wrap($"{_labels.TaxNumber} {number}", width), Page.Left, top + 3)
            : top;
    }

    private float DrawFacts(Page page, float top)
    {
        var format = composition.Format;
        (string Label, string? Value)[] facts =
        [
            (_labels.InvoiceNumber, _document.Number),
            (_labels.InvoiceDate, format.Date(_document.InvoiceDate)),
            (_labels.DueDate, format.Date(_document.DueDate)),
            (_labels.ServicePeriod, format.Span(_document.ServicePeriod)),
            (_labels.Reference, _document.Reference),
            (_labels.Currency, _document.Currency.Code),
        ];
        foreach (var (label, value) in facts)
        {
            if (value is null)
                continue;

            page.Begin(Role.Paragraph);
            var words = _typography.Label.Measure(label);
            page.Write(words, RightColumn, top + 1);
            foreach (var line in _typography.Text.Wrap(value, Page.Right - RightColumn - words.Width - 12))
            {
                page.WriteRight(line, Page.Right, top);
                top += line.Style.LineHeight;
            }

            top += 2.5f;
        }

        page.End();
        return top;
    }

    private float DrawAmountDue(Page page, float top)
    {
        const float height = 56;
        var (format, total) = (composition.Format, _document.Totals.Total);
        page.Fill(new Area(Page.Left, top, Page.Right, top + height), _typography.Tint, 5);
        var label = total.IsNegative ? _labels.AmountInYourFavour : _labels.AmountDue;
        page.Begin(Role.Paragraph);
        page.Write(_typography.Label.Measure(label), Page.Left + 16, top + 8);
        page.Write(_typography.AmountDue.Measure(format.Amount(total)), Page.Left + 16, top + 20);

        var due = _typography.Name.Measure(format.Date(_document.DueDate));
        page.Begin(Role.Paragraph);
        page.WriteRight(_typography.Label.Measure(_labels.DueDate), Page.Right - 16, top + 13);
        page.WriteRight(due, Page.Right - 16, top + 26);
        page.End();
        return top + height;
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
