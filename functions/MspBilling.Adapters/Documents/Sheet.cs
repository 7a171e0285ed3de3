using MspBilling.Core.Clients;

namespace MspBilling.Adapters.Documents;

/// <summary>A sheet of paper with the margins that text keeps, in points.</summary>
internal sealed record Sheet(float Width, float Height, float Right)
{
    public const float Left = 45;

    private static readonly Sheet A4 = new(595.28f, 841.89f, 550);
    private static readonly Sheet Letter = new(612, 792, 567);

    public float TextWidth => Right - Left;

    public static Sheet Of(PaperSize paper) => paper switch
    {
        PaperSize.A4 => A4,
        PaperSize.Letter => Letter,
        _ => throw new ArgumentOutOfRangeException(nameof(paper), paper, null),
    };
}
