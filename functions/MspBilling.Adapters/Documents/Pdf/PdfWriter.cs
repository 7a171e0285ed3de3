using MspBilling.Adapters.Documents.Fonts;
using MspBilling.Core.Documents;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>Writes finished pages as a PDF/A-3b file (ISO 19005-3) that is tagged, so that it can be kept for years, read aloud, and carry files.</summary>
internal static class PdfWriter
{
    public static byte[] Write(IReadOnlyList<Page> pages, FontFaces faces, Element structure, Metadata metadata, IReadOnlyList<Attachment> attachments)
    {
        var file = new PdfFile();
        var (catalog, tree) = (file.Reserve(), file.Reserve());
        int[] numbers = [.. pages.Select(_ => file.Reserve())];
        var fonts = new EmbeddedFonts(file, faces, pages);
        var resources = WriteResources(file, fonts, pages);
        var marked = pages.Select((page, at) => WritePage(file, page, at, numbers[at], tree, resources, fonts)).ToList();
        fonts.Write(file);
        var kids = file.Begin(tree).Raw("<</Type/Pages/Kids["u8);
        foreach (var number in numbers)
            kids.Reference(number).Raw((byte)' ');

        kids.Raw("]/Count "u8).Number(numbers.Length).Raw(">>"u8);
        var outline = new Outline(file, pages.Zip(numbers));
        outline.Write(file);
        var told = new StructureTree(structure, numbers).Write(file, marked);
        var (profile, files, xmp) = (ColorProfile.Write(file), AttachedFiles.Write(file, attachments, metadata), metadata.WriteXmp(file, attachments));
        var root = file.Begin(catalog).Raw("<</Type/Catalog/Pages "u8).Reference(tree).Raw("/Outlines "u8).Reference(outline.Number);
        root.Raw("/Lang"u8).Text(metadata.Language).Raw("/MarkInfo<</Marked true>>/ViewerPreferences<</DisplayDocTitle true>>"u8);
        root.Raw("/StructTreeRoot "u8).Reference(told).Raw("/Metadata "u8).Reference(xmp);
        root.Raw("/OutputIntents[<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB IEC61966-2.1)/Info(sRGB IEC61966-2.1)/DestOutputProfile "u8);
        root.Reference(profile).Raw(">>]"u8);
        AttachedFiles.WriteEntries(root, files);
        root.Raw(">>"u8);
        return file.Close(catalog, metadata.WriteInformation(file));
    }

    private static int WriteResources(PdfFile file, EmbeddedFonts fonts, IEnumerable<Page> pages)
    {
        var (number, logo) = (file.Reserve(), pages.Select(page => page.Image?.Image).FirstOrDefault(image => image is not null)?.Write(file));
        var content = file.Begin(number).Raw("<<"u8);
        fonts.WriteResources(content);
        if (logo is { } image)
            content.Raw("/XObject<</Logo "u8).Reference(image).Raw(">>"u8);

        content.Raw(">>"u8);
        return number;
    }

    /// <returns>Whose each marked piece of the page is.</returns>
    private static IReadOnlyList<Element> WritePage(PdfFile file, Page page, int at, int number, int tree, int resources, EmbeddedFonts fonts)
    {
        var (content, stream) = (new PageContent(page, at, fonts), file.Reserve());
        file.AddStream(stream, [], content.Write());
        var entry = file.Begin(number).Raw("<</Type/Page/Parent "u8).Reference(tree).Raw("/MediaBox[0 0 "u8).Points(page.Sheet.Width).Raw((byte)' ').Points(page.Sheet.Height);
        // Tab order by structure is for fields, of which there are none; readers for the blind look at it all the same.
        entry.Raw("]/Resources "u8).Reference(resources).Raw("/Contents "u8).Reference(stream).Raw("/Tabs/S/StructParents "u8).Number(at).Raw(">>"u8);
        return content.Elements;
    }
}
