using System.Text;
using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Edits of drafts in our own form: read as they were written, or refused with what is wrong.</summary>
public sealed class DraftEditsFileTests
{
    private static readonly RatedLine Line = new ClientMonth { Lines = [Lines.Time()], References = [Records.Role("1", 95)] }.Rate(Records.Time("1", 6)).Lines[0];

    private static readonly DraftEdit[] All =
        [Edits.Own(-20.05m), Edits.On(Line, percent: -10, number: 1), Edits.On(Line, to: 500, number: 2), Edits.OnAll(2.5m, 3), Edits.Withdraw(Edits.Own(-20.05m), 4)];

    [Fact]
    public void Read_WhatWasWritten_IsTheSameToTheByte()
    {
        var written = DraftEditsFile.Write(All);
        var read = Read(written);

        Assert.Empty(read.Problems);
        Assert.Equal(Encoding.UTF8.GetString(written), Encoding.UTF8.GetString(DraftEditsFile.Write([.. read.Records.Cast<DraftEdit>()])));
    }

    [Theory]
    [InlineData("\"$type\":\"draft-edit\"", "\"$type\":\"decision\"", "an edit of a draft as this program writes it")]
    [InlineData("\"kind\":\"draftEdit\"", "\"kind\":\"decision\"", "the id of an edit")]
    [InlineData("\"clientId\":\"cw-250\"", "\"clientId\":\" \"", "the client whose draft it is")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"EURO\"", "an edit of a draft as this program writes it")]
    [InlineData("\"text\":\"Goodwill\"", "\"text\":\"\"", "what the client reads")]
    [InlineData("\"by\":\"Ann Lee\"", "\"by\":\"\"", "who edited")]
    [InlineData("\"why\":\"the outage on Tuesday\"", "\"why\":\" \"", "why it was edited")]
    [InlineData("\"amount\":-20.05", "\"amount\":-20.05,\"percent\":1", "one of amount, percent and to")]
    [InlineData(",\"amount\":-20.05", "", "one of amount, percent and to")]
    [InlineData("\"amount\":-20.05", "\"amount\":-20.051", "an amount of the currency, less than a trillion")]
    [InlineData("\"amount\":-20.05", "\"amount\":1e27", "an amount of the currency, less than a trillion")]
    [InlineData("\"amount\":-20.05", "\"to\":20", "the line that shall come to that")]
    [InlineData("\"amount\":-20.05", "\"percent\":20", "the service of a line of its own, and of no other edit")]
    [InlineData(",\"service\":\"Support\"", "", "the service of a line of its own, and of no other edit")]
    public void Read_WrongEdit_IsRefusedWithWhatIsWrong(string right, string wrong, string expected)
    {
        var text = Encoding.UTF8.GetString(DraftEditsFile.Write(All[..1]));
        Assert.Contains(right, text, StringComparison.Ordinal);

        var read = Read(Encoding.UTF8.GetBytes(text.Replace(right, wrong, StringComparison.Ordinal)));

        Assert.Empty(read.Records);
        Assert.StartsWith(expected, Assert.Single(read.Problems).Expected, StringComparison.Ordinal);
    }

    private static ImportResult Read(byte[] bytes) => ImportReader.Read("draft-edits.json", null, new MemoryStream(bytes));
}
