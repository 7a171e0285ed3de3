using System.Globalization;
using System.Text;
using MspBilling.Adapters.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class CsvReaderTests
{
    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(1024)]
    public void Read_CellsOnEveryEdgeOfTheBuffer_ReadsAllInTheirPlaces(int characters)
    {
        // Rows of every length from 8 to 107 characters and of two lines each, from a stream that gives a few bytes at a time.
        var text = new StringBuilder();
        for (var i = 0; i < 5_000; i++)
            text.Append(CultureInfo.InvariantCulture, $"é{i},\"x\r\n{new string('y', i % 100)}\"\"z\",😀\r\n");
        using var stream = new TricklingStream(Encoding.UTF8.GetBytes(text.ToString()));
        var problems = new ProblemList("t.csv");
        var csv = new CsvReader(stream, problems, characters);

        for (var i = 0; i < 5_000; i++)
        {
            Assert.True(csv.Read());
            Assert.Equal((3, (i * 2) + 1), (csv.Count, csv.Line));
            Assert.Equal($"é{i}", csv[0]);
            Assert.Equal($"x\r\n{new string('y', i % 100)}\"z", csv[1]);
            Assert.Equal("😀", csv[2]);
            Assert.Equal(new TextPlace((i * 2) + 2, (i % 100) + 6), csv.PlaceOf(2));
        }

        Assert.False(csv.Read());
        Assert.Equal(0, problems.Count);
    }

    [Fact]
    public void Read_LongestRow_IsRead()
    {
        Assert.True(Reads(new string('a', Utf8Window.RowLimit - 1)));
        Assert.False(Reads(new string('a', Utf8Window.RowLimit)));

        static bool Reads(string row) => new CsvReader(new MemoryStream(Encoding.UTF8.GetBytes(row)), new ProblemList("t.csv")).Read();
    }

    private sealed class TricklingStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 5));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 5)]);
    }
}
