using System.Buffers.Binary;
using System.Text;

namespace MspBilling.Adapters.Documents.Pdf;

/// <summary>What the colours of the pages mean: sRGB (IEC 61966-2-1) as an ICC profile of version 2, which PDF/A wants inside the file.</summary>
/// <remarks>
/// The three primaries stand as XYZ of the D50 white that profiles count from, the curve as 256 steps: the step of 128 of 255 is
/// ((0.50196 + 0.055) / 1.055) ^ 2.4 = 0.21586, which is 14146 of 65535.
/// </remarks>
internal static class ColorProfile
{
    private const int Header = 128;
    private const int Steps = 256;

    /// <summary>Made and deflated once, as every document has it.</summary>
    private static readonly byte[] Deflated = Deflate.Compress(Profile());

    /// <returns>The object of the profile.</returns>
    public static int Write(PdfFile file)
    {
        var number = file.Reserve();
        file.AddDeflated(number, "/N 3"u8, Deflated);
        return number;
    }

    internal static byte[] Profile()
    {
        var curve = Curve();
        (string Tag, byte[] Content)[] tags =
        [
            ("desc", Description("sRGB IEC61966-2.1")),
            ("cprt", [.. "text"u8, 0, 0, 0, 0, .. "No copyright, use freely\0"u8]),
            ("wtpt", Xyz(0.96420f, 1, 0.82491f)),
            ("rXYZ", Xyz(0.43607f, 0.22249f, 0.01392f)),
            ("gXYZ", Xyz(0.38515f, 0.71687f, 0.09708f)),
            ("bXYZ", Xyz(0.14307f, 0.06061f, 0.71410f)),
            ("rTRC", curve),
            ("gTRC", curve),
            ("bTRC", curve),
        ];
        var directory = Header + 4 + (12 * tags.Length);
        var offsets = new Dictionary<byte[], int>(ReferenceEqualityComparer.Instance);
        var end = directory;
        foreach (var (_, content) in tags)
        {
            if (offsets.TryAdd(content, end))
                end += (content.Length + 3) & ~3;
        }

        var profile = new byte[end];
        WriteHeader(profile);
        BinaryPrimitives.WriteInt32BigEndian(profile.AsSpan(Header), tags.Length);
        for (var at = 0; at < tags.Length; at++)
        {
            var (tag, content) = tags[at];
            var entry = profile.AsSpan(Header + 4 + (12 * at));
            Encoding.ASCII.GetBytes(tag, entry);
            BinaryPrimitives.WriteInt32BigEndian(entry[4..], offsets[content]);
            BinaryPrimitives.WriteInt32BigEndian(entry[8..], content.Length);
            content.CopyTo(profile, offsets[content]);
        }

        return profile;
    }

    private static void WriteHeader(Span<byte> profile)
    {
        BinaryPrimitives.WriteInt32BigEndian(profile, profile.Length);
        profile[8] = 2;
        profile[9] = 0x10;
        "mntrRGB XYZ "u8.CopyTo(profile[12..]);
        // The day on which version 2.1 of the sRGB profile was published.
        ReadOnlySpan<short> published = [1998, 2, 9, 0, 0, 0];
        for (var part = 0; part < published.Length; part++)
            BinaryPrimitives.WriteInt16BigEndian(profile[(24 + (2 * part))..], published[part]);

        "acsp"u8.CopyTo(profile[36..]);
        Xyz(0.96420f, 1, 0.82491f).AsSpan(8).CopyTo(profile[68..]);
    }

    private static byte[] Xyz(params ReadOnlySpan<float> values)
    {
        var content = new byte[20];
        "XYZ "u8.CopyTo(content);
        for (var at = 0; at < values.Length; at++)
            BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(8 + (4 * at)), (int)MathF.Round(values[at] * 65536));

        return content;
    }

    private static byte[] Description(string text)
    {
        // The text as ASCII, then the same as Unicode and for old Macintoshes, which are left empty.
        var content = new byte[12 + text.Length + 1 + 8 + 3 + 67];
        "desc"u8.CopyTo(content);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(8), text.Length + 1);
        Encoding.ASCII.GetBytes(text, content.AsSpan(12));
        return content;
    }

    private static byte[] Curve()
    {
        var content = new byte[12 + (2 * Steps)];
        "curv"u8.CopyTo(content);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(8), Steps);
        for (var step = 0; step < Steps; step++)
        {
            var share = step / (Steps - 1.0);
            var light = share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
            BinaryPrimitives.WriteUInt16BigEndian(content.AsSpan(12 + (2 * step)), (ushort)((light * 65535) + 0.5));
        }

        return content;
    }
}
