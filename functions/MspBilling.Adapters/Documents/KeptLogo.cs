using MspBilling.Adapters.Documents.Pdf;

namespace MspBilling.Adapters.Documents;

/// <summary>The logo that was printed last, decoded: one MSP prints all its documents with one.</summary>
internal sealed class KeptLogo
{
    private Kept? _last;

    /// <exception cref="ArgumentException">It is not a PNG image.</exception>
    public LogoImage? Of(ReadOnlyMemory<byte>? logo)
    {
        if (logo is not { } png)
            return null;

        var last = _last;
        if (last is null || !last.Png.Span.SequenceEqual(png.Span))
            _last = last = new Kept(png.ToArray(), new LogoImage(png.Span));

        return last.Image;
    }

    private sealed record Kept(ReadOnlyMemory<byte> Png, LogoImage Image);
}
