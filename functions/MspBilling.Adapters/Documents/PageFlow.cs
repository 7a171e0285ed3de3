namespace MspBilling.Adapters.Documents;

/// <summary>A strip of the page that is never split.</summary>
internal sealed class Block(float height, Action<Page, float> draw)
{
    public float Height { get; } = height;

    /// <summary>Draws itself with its top at the given height.</summary>
    public Action<Page, float> Draw { get; } = draw;

    /// <summary>Must stand on the same page as the block after it.</summary>
    public bool KeepsWithNext { get; init; }

    /// <summary>What is drawn above it when it is the first of a new page, such as the table's header.</summary>
    public IReadOnlyList<Block> Repeats { get; init; } = [];
}

/// <summary>Puts blocks one under the other and begins a new page where the next ones that belong together do not fit.</summary>
/// <param name="bottom">Where the footer begins.</param>
/// <param name="beginPage">Draws what stands at the top of every page but the first, and says where the content begins.</param>
internal sealed class PageFlow(float bottom, Func<Page, float> beginPage)
{
    private readonly List<Page> _pages = [new Page()];
    private float _top;

    public List<Page> Pages => _pages;

    public Page Page => _pages[^1];

    /// <summary>Where the next block begins.</summary>
    public float Y { get; set; }

    public void NewPage()
    {
        _pages.Add(new Page());
        _top = Y = beginPage(Page);
    }

    public void Place(IReadOnlyList<Block> blocks)
    {
        for (var first = 0; first < blocks.Count;)
        {
            var (last, height) = (first, blocks[first].Height);
            while (blocks[last].KeepsWithNext && last + 1 < blocks.Count)
                height += blocks[++last].Height;

            Break(blocks[first], height);
            for (; first <= last; first++)
            {
                // Only where what belongs together is taller than a page.
                Break(blocks[first], blocks[first].Height);
                Draw(blocks[first]);
            }
        }
    }

    private void Break(Block next, float height)
    {
        if (Y + height <= bottom || Y <= _top)
            return;

        NewPage();
        foreach (var repeated in next.Repeats)
            Draw(repeated);

        _top = Y;
    }

    private void Draw(Block block)
    {
        block.Draw(Page, Y);
        Y += block.Height;
    }
}
