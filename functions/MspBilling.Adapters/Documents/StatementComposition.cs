using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Adapters.Documents.Pdf;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>A statement of account: for each currency what moved it, and what is open by age.</summary>
internal sealed class StatementComposition(StatementDocument document, LogoImage? logo, FontFaces faces) : Composition(document, logo, faces)
{
    private readonly StatementDocument _document = document;

    public override string Title => Labels.Statement.Title;

    public override Metadata Metadata =>
        new(Title, _document.Issuer.Name, $"{Format.Span(_document.Period)}, {_document.BillTo.Name}", _document.Language.Tag, _document.StatementDate);

    protected override Head Head()
    {
        var balances = _document.Accounts.Select(account => Format.Amount(account.Closing));
        return new Head(
            Title,
            [(Labels.Statement.StatementDate, Format.Date(_document.StatementDate)), (Labels.Statement.Period, Format.Span(_document.Period))],
            new HeadBox(Labels.Statement.BalanceDue, string.Join("  ·  ", balances.DefaultIfEmpty("–")), null),
            []);
    }

    protected override void Place(PageFlow flow)
    {
        List<Block> blocks = _document.Accounts.Count == 0 ? [.. Sentence(Labels.Statement.NothingOpen, Typography.Text)] : [];
        foreach (var (at, account) in _document.Accounts.Index())
            blocks.AddRange([.. at > 0 ? [Space()] : Array.Empty<Block>(), .. new AccountTable(this, account, isNamed: _document.Accounts.Count > 1).Blocks()]);

        foreach (var note in _document.Notes.Append(Printed.Template.ClosingNote).OfType<string>())
            blocks.AddRange([Space(), .. Sentence(note, Typography.Text)]);

        flow.Place(blocks);
    }

    /// <summary>A paragraph over the whole width.</summary>
    public IEnumerable<Block> Sentence(string text, TextStyle style) =>
        style.Wrap(text, Sheet.TextWidth).Select(line => new Block(line.Style.LineHeight, (page, top) => page.Write(line, Sheet.Left, top)));

    /// <summary>Before what it keeps away from what is above; never the last of a page.</summary>
    public static Block Space() => new(12, (_, _) => { }) { KeepsWithNext = true };
}
