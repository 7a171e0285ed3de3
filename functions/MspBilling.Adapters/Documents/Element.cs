namespace MspBilling.Adapters.Documents;

/// <summary>What a piece of the document is: the standard structure types that an invoice needs (ISO 32000-1, 14.8.4).</summary>
internal enum Role
{
    Document,
    Heading1,
    Heading2,
    Heading3,
    Paragraph,
    Figure,
    Table,
    TableRow,
    HeaderCell,
    DataCell,
}

/// <summary>A part of the document as a screen reader tells it, with what of the pages belongs to it.</summary>
/// <remarks>What belongs to no element is decoration: page heads and feet, rules, boxes, the watermark, what a table repeats on its next page.</remarks>
internal sealed class Element(Role role)
{
    private readonly List<Element> _children = [];
    private readonly List<(int Page, int Number)> _marks = [];

    public Role Role { get; } = role;

    public IReadOnlyList<Element> Children => _children;

    /// <summary>Words for a picture.</summary>
    public string? AlternateText { get; init; }

    /// <summary>Columns that a cell of a table reaches over.</summary>
    public int Columns { get; init; } = 1;

    /// <summary>Where its content lies: the page, counted from 0, and the number of the marked piece on it.</summary>
    public IReadOnlyList<(int Page, int Number)> Marks => _marks;

    /// <summary>Whether there is anything to tell; an empty cell counts, because it holds a column's place.</summary>
    public bool IsTold => _marks.Count > 0 || _children.Count > 0 || Role is Role.DataCell or Role.HeaderCell;

    /// <summary>Its object in the file, once it has one.</summary>
    public int Number { get; set; }

    public Element Add(Element child)
    {
        _children.Add(child);
        return child;
    }

    public Element Add(Role child) => Add(new Element(child));

    public void Mark(int page, int number) => _marks.Add((page, number));
}
