using MspBilling.Core;
using Xunit;

namespace MspBilling.Tests;

public sealed class FractionTests
{
    [Theory]
    [InlineData(17, 30, 30, 17)]
    [InlineData(30, 30, 7, 7)]
    [InlineData(0, 30, 7, 0)]
    [InlineData(1, 4, 10, 2.5)]
    public void Of_Amount_IsItsShare(int numerator, int denominator, decimal amount, decimal expected) =>
        Assert.Equal(expected, new Fraction(numerator, denominator).Of(amount));

    [Theory]
    [InlineData(-1, 30)]
    [InlineData(31, 30)]
    [InlineData(0, 0)]
    [InlineData(1, -1)]
    public void New_OutsideZeroToOne_IsRefused(int numerator, int denominator) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new Fraction(numerator, denominator));

    [Fact]
    public void Whole_IsWhole()
    {
        Assert.True(Fraction.Whole.IsWhole);
        Assert.True(new Fraction(30, 30).IsWhole);
        Assert.False(new Fraction(29, 30).IsWhole);
        Assert.Equal("17/30", new Fraction(17, 30).ToString());
    }
}
