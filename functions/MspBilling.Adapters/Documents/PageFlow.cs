namespace MspBilling.Adapters.Documents;

/// <summary>A strip of the page that is never split.</summary>
internal sealed class Block(float height, Action<Page, float> draw)
{
    public float Height { get; } = height;

    /// <summary>Draws itself with its top at the given height.</summary>
    public Action<Page, float> Draw { get; } = draw;

    /// <summary>Must stand on the same page as the block after it.</summary>
    public bool KeepsWithNext { get; init; }

    /// <summary>What is drawn when a page ends before it.</summary>
    public PageTurn Turn { get; init; } = PageTurn.Plain;
}

/// <summary>What is drawn around the end of a page: under the last block of the one, above the first of the next.</summary>
/// <param name="Above">Such as a table's header.</param>
/// <param name="Below">Such as the sum carried forward; the page keeps room for it.</param>
internal sealed record PageTurn(IReadOnlyList<Block> Above, Block? Below = null)
{
    public static PageTurn Plain { get; } = new([]);
}

/// <summary>Puts blocks one under the other and begins a new page where the next ones that belong together do not fit.</summary>
/// <param name="document">The root of the document's structure.</param>
/// <param name="sheet">What all pages are drawn on.</param>
/// <param name="bottom">Where the footer begins.</param>
/// <param name="beginPage">Draws what stands at the top of every page but the first, and says where the content begins.</param>
internal sealed class PageFlow(Element document, Sheet sheet, float bottom, Func<Page, float> beginPage)
{
    private readonly List<Page> _pages = [new Page(document, sheet)];
    private float _top;

    public List<Page> Pages => _pages;

    public Page Page => _pages[^1];

    /// <summary>Where the next block begins.</summary>
    public float Y { get; set; }

    public void NewPage()
    {
        _pages.Add(new Page(document, sheet));
        Page.Decorate(() => _top = Y = beginPage(Page));
    }

    public void Place(IReadOnlyList<Block> blocks)
    {
        for (var first = 0; first < blocks.Count;)
        {
            var (last, height) = (first, blocks[first].Height);
            while (blocks[last].KeepsWithNext && last + 1 < blocks.Count)
                height += blocks[++last].Height;

            Break(blocks[first], height + RoomBelow(blocks, last));
            for (; first <= last; first++)
            {
                // Only where what belongs together is taller than a page.
                Break(blocks[first], blocks[first].Height + RoomBelow(blocks, first));
                Draw(blocks[first]);
            }
        }
    }

    /// <summary>What stays free under a block, in case that the page ends there.</summary>
    private static float RoomBelow(IReadOnlyList<Block> blocks, int block) => block + 1 < blocks.Count ? blocks[block + 1].Turn.Below?.Height ?? 0 : 0;

    private void Break(Block next, float height)
    {
        if (Y + height <= bottom || Y <= _top)
            return;

        if (next.Turn.Below is { } below)
            Page.Decorate(() => Draw(below));

        NewPage();
        Page.Decorate(() =>
        {
            foreach (var repeated in next.Turn.Above)
                Draw(repeated);
        });
        _top = Y;
    }

    private void Draw(Block block)
    {
        block.Draw(Page, Y);
        Page.End();
        Y += block.Height;
    }
}
