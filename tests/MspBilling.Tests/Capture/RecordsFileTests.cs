using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Activities in our own form: read as they were written, or refused with what is wrong; never an exception.</summary>
public sealed class RecordsFileTests
{
    private static readonly Activity[] All =
    [
        Records.Time("1", 1.25m) with { DeletedAt = Days.At("2024-10-01T08:00Z"), Revision = Days.At("2024-10-01T08:00Z"), Tags = ["a", "b=c"] },
        Records.Addition("2", 3, 4.5m), Records.Device("3"), Records.Milestone("4", 100), Records.Usage("5", -0.01m), Records.Expense("6", 1, null, 2), Records.Count("7", 12),
    ];

    [Fact]
    public void Read_WhatWasWritten_IsTheSameToTheByte()
    {
        var written = RecordsFile.Write(All);
        var read = Read(written);

        Assert.Empty(read.Problems);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(RecordsFile.Write([.. read.Records.Cast<Activity>()])));
        Assert.Equal(All.Select(RecordJson.ContentHash), read.Records.Select(RecordJson.ContentHash));
    }

    [Theory]
    [InlineData("\"$type\":\"time\"", "\"$type\":\"company\"")]
    [InlineData("\"$type\":\"time\"", "\"$type\":\"nothing\"")]
    [InlineData("\"$type\":\"time\"", "\"$type\":\"count\"")]
    [InlineData("\"kind\":\"time\"", "\"kind\":\"device\"")]
    [InlineData("\"source\":\"connectwise\"", "\"source\":\" \"")]
    [InlineData("\"hours\":1.25", "\"hours\":1e27")]
    [InlineData("\"hours\":1.25", "\"hours\":\"1\"")]
    [InlineData("\"companyName\":\"Corrib Foods\"", "\"companyName\":null")]
    [InlineData("\"companyName\":\"Corrib Foods\",", "")]
    [InlineData("\"start\":\"2024-09-10T09:00:00+00:00\"", "\"start\":\"yesterday\"")]
    public void Read_WrongRecord_IsRefusedWithItsPlace(string right, string wrong)
    {
        var text = Encoding.UTF8.GetString(RecordsFile.Write(All[..1]));
        Assert.Contains(right, text, StringComparison.Ordinal);

        var read = Read(Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Empty(read.Records);
        Assert.StartsWith("an activity as this program writes it", Assert.Single(read.Problems).Expected, StringComparison.Ordinal);
        Assert.Equal(1, read.Problems[0].Line);
    }

    [Fact]
    public void Read_MutatedBytes_NeverThrows()
    {
        var random = new Random(20240901);
        var right = RecordsFile.Write(All);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = right.ToArray();
            for (var change = random.Next(1, 6); change > 0; change--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            var read = Read(random.Next(8) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
            Assert.True(read.Problems.Count == 0 || read.Records.Count == 0);
        }
    }

    private static ImportResult Read(byte[] bytes) => ImportReader.Read("swept.json", "records", new MemoryStream(bytes));
}
