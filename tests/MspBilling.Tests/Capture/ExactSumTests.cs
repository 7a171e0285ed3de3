using MspBilling.Adapters.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

public sealed class ExactSumTests
{
    [Fact]
    public void Total_LargeAndTiny_IsExactInAnyOrder()
    {
        // 999999999999 + 1e-28 does not fit a decimal: added one by one the tiny part is lost, or not, by order.
        decimal[] values = [999_999_999_999m, 1e-28m, -999_999_999_999m, 1e-28m, 0.5m];

        Assert.Equal(0.5000000000000000000000000002m, Sum(values));
        Assert.Equal(0.5000000000000000000000000002m, Sum(values.Reverse()));
        Assert.NotEqual(values.Sum(), Sum(values));
    }

    [Theory]
    [InlineData("0.75", "0.75", "1.5")]
    [InlineData("-0.75", "0.25", "-0.5")]
    [InlineData("1", "-0.0000000001", "0.9999999999")]
    [InlineData("-3", "0.5", "-2.5")]
    public void Total_PartsOfOne_AreCarried(string one, string other, string total) =>
        Assert.Equal(Parse(total), Sum([Parse(one), Parse(other)]));

    private static decimal Sum(IEnumerable<decimal> values)
    {
        var sum = default(ExactSum);
        foreach (var value in values)
            sum.Add(value);
        return sum.Total;
    }

    private static decimal Parse(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
