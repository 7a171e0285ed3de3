using MspBilling.Core;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents;

/// <summary>A statement's account in one currency: its movements with the balance after each, the balance at the end by age, and how to pay it.</summary>
/// <remarks>The closing balance keeps with the last movement, and its ages with it.</remarks>
internal sealed class AccountTable(StatementComposition composition, StatementAccount account, bool isNamed)
{
    private readonly InvoiceLabels _labels = composition.Labels;
    private readonly DocumentFormat _format = composition.Format;
    private readonly Typography _typography = composition.Typography;

    public IEnumerable<Block> Blocks()
    {
        var title = _format.Fill(_labels.Statement.AccountIn, account.Closing.Currency.Code);
        if (isNamed)
            yield return Title(title);

        var table = Table();
        var header = table.Header();
        yield return header;
        var turn = new PageTurn([header]);
        // The opening balance is a row, too.
        for (var row = 0; row <= account.Lines.Count; row++)
        {
            foreach (var block in table.Blocks(row, turn, turn, keepsWithNext: row == account.Lines.Count))
                yield return block;
        }

        yield return table.Sum(_labels.Statement.ClosingBalance, _format.Figure(account.Closing), turn, keepsWithNext: true);
        yield return StatementComposition.Space();
        var ages = Ages();
        yield return ages.Header();
        foreach (var block in ages.Blocks(0, PageTurn.Plain, PageTurn.Plain, keepsWithNext: false))
            yield return block;

        foreach (var block in Payment())
            yield return block;
    }

    private IEnumerable<Block> Payment()
    {
        if (account.PaymentInstructions.Count == 0)
            yield break;

        yield return StatementComposition.Space();
        var heading = _typography.Strong.Measure(_labels.Payment);
        yield return new Block(heading.Style.LineHeight, (page, top) => page.Write(heading, Sheet.Left, top)) { KeepsWithNext = true };
        foreach (var block in account.PaymentInstructions.SelectMany(line => composition.Sentence(line, _typography.Text)))
            yield return block;
    }

    private Table Table()
    {
        var cell = _typography.Cell;
        Column[] columns =
        [
            new(_labels.Date, cell), new(_labels.Statement.Entry, cell, Fills: true), new(_labels.Reference, cell, WrapsAt: 110), new(_labels.DueDate, cell),
            new(_labels.Amount, cell, AlignsRight: true), new(_labels.Statement.Balance, cell, AlignsRight: true),
        ];
        Row[] rows = [new([null, _labels.Statement.OpeningBalance, null, null, null, _format.Figure(account.Opening)]), .. account.Lines.Select(Row)];
        return new Table(columns, rows, composition);
    }

    private Row Row(StatementLine line)
    {
        var entry = line.Entry;
        return new Row(
            [_format.Date(entry.Date), _labels.NameOf(entry.Kind), entry.Reference, entry.DueDate is { } due ? _format.Date(due) : null, _format.Figure(entry.Amount), _format.Figure(line.Balance)]);
    }

    private Table Ages()
    {
        var (cell, strong, labels, ageing) = (_typography.Cell, _typography.StrongCell, _labels.Statement, account.Ageing);
        (string Title, Money Amount)[] buckets =
        [
            (labels.NotYetDue, ageing.Current), (labels.Days1To30, ageing.Days1To30), (labels.Days31To60, ageing.Days31To60), (labels.Days61To90, ageing.Days61To90), (labels.Over90, ageing.Over90),
        ];
        Column[] columns =
        [
            new(labels.Ageing, cell, Fills: true), .. buckets.Select(bucket => new Column(bucket.Title, cell, AlignsRight: true)), new(labels.Balance, strong, AlignsRight: true),
        ];
        return new Table(columns, [new Row([ageing.Total.Currency.Code, .. buckets.Select(bucket => _format.Figure(bucket.Amount)), _format.Figure(ageing.Total)])], composition);
    }

    private Block Title(string title)
    {
        var words = _typography.GroupTitle.Measure(title);
        return new Block(22, (page, top) =>
        {
            page.Bookmark(title, depth: 1, top);
            page.Begin(Role.Heading2);
            page.Write(words, Sheet.Left, top + 8);
        })
        { KeepsWithNext = true };
    }
}
