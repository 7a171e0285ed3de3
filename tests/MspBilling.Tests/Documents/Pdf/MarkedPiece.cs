using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

/// <summary>A page's content as a screen reader takes it: pieces that are marked, each with how often something is drawn in it.</summary>
internal sealed record MarkedPiece(string Tag, int? Number, int Drawn)
{
    private static readonly string[] Drawing = ["f", "Tj", "Do", "S", "B"];

    /// <summary>Refuses content that is drawn outside of any piece, and pieces in pieces.</summary>
    public static IReadOnlyList<MarkedPiece> Of(byte[] content)
    {
        var (pieces, operands, lexer) = (new List<MarkedPiece>(), new List<object?>(), new PdfLexer(content));
        MarkedPiece? open = null;
        while (!lexer.IsAtEnd)
        {
            if (lexer.Next() is var token && token is not PdfWord)
            {
                operands.Add(token);
                continue;
            }

            switch (((PdfWord)token!).Text)
            {
                case "BMC" or "BDC":
                    Assert.Null(open);
                    open = new MarkedPiece(StrictPdf.Name(operands[0]), operands is [_, Dictionary<string, object?> properties] ? (int)(decimal)properties["MCID"]! : null, 0);
                    break;
                case "EMC":
                    pieces.Add(Assert.IsType<MarkedPiece>(open));
                    open = null;
                    break;
                case var drawing when Drawing.Contains(drawing):
                    open = Assert.IsType<MarkedPiece>(open);
                    open = open with { Drawn = open.Drawn + 1 };
                    break;
            }

            operands.Clear();
        }

        Assert.Null(open);
        return pieces;
    }
}
