using System.Buffers.Binary;
using System.Text;
using MspBilling.Adapters.Documents.Pdf;
using Xunit;

namespace MspBilling.Tests.Documents.Pdf;

public sealed class ColorProfileTests
{
    private static readonly byte[] Profile = ColorProfile.Profile();

    [Theory]
    [InlineData(0, 0)]
    [InlineData(10, 199)] // 10/255 is 0.03922, on the straight part: /12.92 = 0.0030353
    [InlineData(128, 14146)] // ((0.50196 + 0.055) / 1.055) ^ 2.4 = 0.21586
    [InlineData(255, 65535)]
    public void Curve_AtStep_IsThatOfSrgb(int step, int expected) =>
        Assert.Equal(expected, BinaryPrimitives.ReadUInt16BigEndian(Tag("gTRC")[(12 + (2 * step))..]));

    [Fact]
    public void Primaries_AddUpToTheWhite()
    {
        // The standard's figures have five places: 15 of 65536 are less than three of the last.
        for (var axis = 0; axis < 3; axis++)
        {
            int At(string tag) => BinaryPrimitives.ReadInt32BigEndian(Tag(tag)[(8 + (4 * axis))..]);
            Assert.InRange(At("rXYZ") + At("gXYZ") + At("bXYZ") - At("wtpt"), -15, 15);
        }
    }

    [Fact]
    public void Header_SaysWhatItIs()
    {
        Assert.Equal(Profile.Length, BinaryPrimitives.ReadInt32BigEndian(Profile));
        Assert.Equal("mntrRGB XYZ ", Encoding.ASCII.GetString(Profile, 12, 12));
        Assert.Equal("acsp", Encoding.ASCII.GetString(Profile, 36, 4));
        Assert.Equal("sRGB IEC61966-2.1\0", Encoding.ASCII.GetString(Tag("desc")[12..30]));
    }

    private static ReadOnlySpan<byte> Tag(string tag)
    {
        for (var entry = 132; ; entry += 12)
        {
            if (Encoding.ASCII.GetString(Profile, entry, 4) == tag)
                return Profile.AsSpan(BinaryPrimitives.ReadInt32BigEndian(Profile.AsSpan(entry + 4)), BinaryPrimitives.ReadInt32BigEndian(Profile.AsSpan(entry + 8)));
        }
    }
}
