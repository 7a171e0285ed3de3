using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class NameLikenessTests
{
    [Theory]
    [InlineData("Corrib Seafoods Ltd.", "CORRIB SEAFOODS", 100)] // case, punctuation and legal form tell nothing
    [InlineData("Seafoods, Corrib", "Corrib Seafoods Limited", 100)] // nor does the order
    [InlineData("Zolw Logistyka", "Żółw Logistyka sp. z o.o.", 100)] // accents, and a letter of its own
    [InlineData("O'Brien and Daughters", "OBrien & Daughters", 100)]
    [InlineData("Corrib Food", "Corrib Foods", 93)] // (6 x 100 + 4 x 85) / 10 = 94 and (6 x 100 + 5 x 85) / 11 = 93
    [InlineData("Corrib Seafoods", "Corrib Dental", 46)] // shares the first word
    [InlineData("Group", "The Group", 81)] // nothing but words that tell nothing: then they count; 100 and 5 of 8 letters
    [InlineData("Athena", "Barton", 0)]
    [InlineData("", "Barton", 0)]
    [InlineData("?!", "?!", 0)]
    public void Of_TwoNames_IsWhatTheyShare(string left, string right, int likeness)
    {
        Assert.Equal(likeness, NameLikeness.Of(left, right));
        Assert.Equal(likeness, NameLikeness.Of(right, left));
    }

    [Fact]
    public void Best_Targets_AreTheLikeliestFirst() => Assert.Equal(
        ["cw-2 100", "cw-1 93"],
        NameLikeness.Best(["4711", "Corrib Foods"], [("cw-1", "Corrib Food"), ("cw-2", "Corrib Foods Ltd"), ("cw-3", "Barton Creek")]).Select(s => $"{s.Id} {s.Likeness}"));

    [Fact]
    public void Best_OursNamedByItsId_IsFound() => Assert.Equal("cw-250", NameLikeness.Best(["CW 250"], [("cw-250", "Corrib Foods")]).Single().Id);
}
