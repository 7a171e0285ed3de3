namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>The document's structure for screen readers and for copying tables, and the way back from each marked piece to its element (ISO 32000-1, 14.7).</summary>
/// <param name="root">The element Document.</param>
/// <param name="pages">The pages' objects.</param>
internal sealed class StructureTree(Element root, IReadOnlyList<int> pages)
{
    /// <summary>The name of a role among the standard structure types.</summary>
    public static string Type(Role role) => role switch
    {
        Role.Document => "Document",
        Role.Heading1 => "H1",
        Role.Heading2 => "H2",
        Role.Heading3 => "H3",
        Role.Paragraph => "P",
        Role.Figure => "Figure",
        Role.Table => "Table",
        Role.TableRow => "TR",
        Role.HeaderCell => "TH",
        Role.DataCell => "TD",
        _ => throw new ArgumentOutOfRangeException(nameof(role), role, "No structure type is known for it."),
    };

    /// <param name="marked">Whose the marked pieces of each page are.</param>
    /// <returns>The object of the tree's root.</returns>
    public int Write(PdfFile file, IReadOnlyList<IReadOnlyList<Element>> marked)
    {
        var (tree, parents) = (file.Reserve(), file.Reserve());
        Number(file, root);
        Write(file, root, tree);
        file.Begin(tree).Raw("<</Type/StructTreeRoot/K "u8).Reference(root.Number).Raw("/ParentTree "u8).Reference(parents)
            .Raw("/ParentTreeNextKey "u8).Number(pages.Count).Raw(">>"u8);
        var numbers = file.Begin(parents).Raw("<</Nums["u8);
        for (var page = 0; page < marked.Count; page++)
        {
            numbers.Number(page).Raw((byte)'[');
            foreach (var element in marked[page])
                numbers.Reference(element.Number).Raw((byte)' ');

            numbers.Raw((byte)']');
        }

        numbers.Raw("]>>"u8);
        return tree;
    }

    private static void Number(PdfFile file, Element element)
    {
        element.Number = file.Reserve();
        foreach (var child in element.Children)
        {
            if (child.IsTold)
                Number(file, child);
        }
    }

    private void Write(PdfFile file, Element element, int parent)
    {
        var content = file.Begin(element.Number).Raw("<</S"u8).Name(Type(element.Role)).Raw("/P "u8).Reference(parent);
        WriteAttributes(content, element);
        WriteKids(content, element);
        content.Raw(">>"u8);
        foreach (var child in element.Children)
        {
            if (child.IsTold)
                Write(file, child, element.Number);
        }
    }

    private static void WriteAttributes(PdfBytes content, Element element)
    {
        if (element.AlternateText is { } text)
            content.Raw("/Alt"u8).Text(text);

        var scope = element.Role != Role.HeaderCell ? "" : element.Columns > 1 ? "/Scope/Row" : "/Scope/Column";
        if (scope.Length == 0 && element.Columns == 1)
            return;

        content.Raw("/A<</O/Table"u8).Ascii(scope);
        if (element.Columns > 1)
            content.Raw("/ColSpan "u8).Number(element.Columns);

        content.Raw(">>"u8);
    }

    private void WriteKids(PdfBytes content, Element element)
    {
        if (element.Marks is [var (only, number)])
        {
            content.Raw("/Pg "u8).Reference(pages[only]).Raw("/K "u8).Number(number);
            return;
        }

        content.Raw("/K["u8);
        foreach (var (page, piece) in element.Marks)
            content.Raw("<</Type/MCR/Pg "u8).Reference(pages[page]).Raw("/MCID "u8).Number(piece).Raw(">>"u8);

        foreach (var child in element.Children)
        {
            if (child.IsTold)
                content.Reference(child.Number).Raw((byte)' ');
        }

        content.Raw((byte)']');
    }
}
