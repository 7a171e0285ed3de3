namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>The reader's table of contents (ISO 32000-1, 12.3.3). All of it is open at first.</summary>
internal sealed class Outline
{
    private readonly Entry _root;

    /// <param name="file">Where its objects are to stand.</param>
    /// <param name="pages">In order, each with its object.</param>
    public Outline(PdfFile file, IEnumerable<(Page Page, int Number)> pages)
    {
        _root = new Entry(default, file.Reserve(), 0, 0);
        var open = new Stack<Entry>([_root]);
        foreach (var (page, number) in pages)
        {
            foreach (var bookmark in page.Bookmarks)
            {
                while (open.Count > bookmark.Depth + 1)
                    open.Pop();

                var entry = new Entry(bookmark, file.Reserve(), number, page.Sheet.Height);
                open.Peek().Children.Add(entry);
                open.Push(entry);
            }
        }
    }

    public int Number => _root.Number;

    public void Write(PdfFile file)
    {
        WriteEnds(file.Begin(Number).Raw("<</Type/Outlines"u8), _root);
        WriteChildren(file, _root);
    }

    private static void WriteChildren(PdfFile file, Entry parent)
    {
        for (var at = 0; at < parent.Children.Count; at++)
        {
            var entry = parent.Children[at];
            var content = file.Begin(entry.Number).Raw("<</Title"u8).Text(entry.Bookmark.Title).Raw("/Parent "u8).Reference(parent.Number);
            content.Raw("/Dest["u8).Reference(entry.Page).Raw("/XYZ null "u8).Points(entry.PageHeight - entry.Bookmark.Top).Raw(" null]"u8);
            if (at > 0)
                content.Raw("/Prev "u8).Reference(parent.Children[at - 1].Number);

            if (at + 1 < parent.Children.Count)
                content.Raw("/Next "u8).Reference(parent.Children[at + 1].Number);

            WriteEnds(content, entry);
            WriteChildren(file, entry);
        }
    }

    private static void WriteEnds(PdfBytes content, Entry entry)
    {
        if (entry.Children is [var first, ..])
        {
            content.Raw("/First "u8).Reference(first.Number).Raw("/Last "u8).Reference(entry.Children[^1].Number)
                .Raw("/Count "u8).Number(entry.Below);
        }

        content.Raw(">>"u8);
    }

    private sealed record Entry(Bookmark Bookmark, int Number, int Page, float PageHeight)
    {
        public List<Entry> Children { get; } = [];

        public int Below => Children.Count + Children.Sum(child => child.Below);
    }
}
