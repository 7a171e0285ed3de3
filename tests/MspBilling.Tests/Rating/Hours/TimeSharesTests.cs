using System.Globalization;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class TimeSharesTests
{
    [Theory]
    // Worked, charged, rate, covered hours, covered amount, written down.
    [InlineData(1.40, 1.50, 95, 0, 0, 0, "Billed 1.4")]
    [InlineData(1.40, 1.50, 95, 1.50, 0, 0, "Covered retainer 1.4")]
    [InlineData(1.40, 1.50, 95, 1.00, 0, 0, "Billed 0.4667, Covered retainer 0.9333")] // 1.40 x 1.00 / 1.50 and the rest
    [InlineData(2, 2, 95, 0, 0, 47.50, "Billed 1.5, WrittenOff above-cap 0.5")] // 47.50 of 190.00 is a quarter
    [InlineData(2, 2, 95, 0, 0, 190, "WrittenOff above-cap 2")]
    [InlineData(2, 2, 95, 0, 95, 0, "Billed 1, Covered retainer 1")] // half of the money
    [InlineData(2, 2, 95, 0, 190, 0, "Covered retainer 2")]
    [InlineData(2, 2, 95, 0, 95, 95, "Covered retainer 1, WrittenOff above-cap 1")]
    [InlineData(3, 3, 100, 1, 100, 50, "Billed 0.5, Covered retainer 1, Covered retainer 1, WrittenOff above-cap 0.5")] // of 200.00 beyond the hours: a half, a quarter, a quarter
    [InlineData(1, 1, 3, 0, 1, 1, "Billed 0.3334, Covered retainer 0.3333, WrittenOff above-cap 0.3333")] // the last takes the rest
    [InlineData(1, 1, 0, 0.4, 0, 0, "Covered retainer 0.4, Held missing-rate 0.6")] // what nothing pays for and nothing prices
    [InlineData(1, 1, 0, 1, 0, 0, "Covered retainer 1")] // what is covered needs no rate
    public void Settle_Shares_AddUpToTheWorkedHours(decimal worked, decimal charged, decimal rate, decimal coveredHours, decimal coveredAmount, decimal writtenDown, string expected)
    {
        var entry = Records.Time("1", worked);
        var month = TimeMonth.Of(TimeMonth.Line);
        var @case = new RatingCase(month.Client, month.Period, month.Directory.AgreementsOf(month.Client), month.Directory, [entry]);
        var part = new AgreementPart(@case, @case.Agreements[0], @case.Agreements[0].Versions[0], 0, month.Period, WorkCalendar.Standard);
        var output = new RatingOutput(@case, [entry]);

        TimeShares.Settle(
            new TimePiece { Entry = entry, Line = TimeMonth.Line, Worked = worked, Charged = charged, Rate = rate, CoveredHours = coveredHours, CoveredAmount = coveredAmount, WrittenDown = writtenDown },
            "Role 1 time",
            part,
            output);

        var shares = output.Dispositions();
        Assert.Equal(expected, string.Join(", ", shares.OrderBy(share => share.Kind).Select(share => string.Create(CultureInfo.InvariantCulture, $"{share.Kind}{(share.Reason is null ? "" : " " + share.Reason.Code)} {share.Quantity.Hours:0.####}"))));
        Assert.Empty(Conservation.Violations([entry], shares));
        Assert.All(shares, share => Assert.Equal(share.Kind == DispositionKind.Billed ? "Role 1 time" : share.Kind == DispositionKind.Held ? "Role 1 in EUR on Gold support." : null, share.Detail));
    }
}
