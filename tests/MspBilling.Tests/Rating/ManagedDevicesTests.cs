using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;
using static MspBilling.Tests.Builders.Currencies;

namespace MspBilling.Tests.Rating;

public sealed class ManagedDevicesTests
{
    private static readonly ClientMonth Month = new()
    {
        Lines = [new DevicesLine("Devices", [new DevicePrice("Server", 49.50m), new DevicePrice("Workstation", 12), new DevicePrice("Sensor", 0.335m), new DevicePrice("Lab", 0)])],
    };

    [Theory]
    [InlineData("Server", 2, 99, "2 counted on 2024-09-30 x 49.50 a month = 99.00.")]
    [InlineData("Workstation", 1, 12, "1 counted on 2024-09-30 x 12.00 a month = 12.00.")]
    [InlineData("Sensor", 3, 1.01, "3 counted on 2024-09-30 x 0.335 a month = 1.01.")] // 1.005
    [InlineData("Lab", 4, 0, "4 counted on 2024-09-30 x 0.00 a month = 0.00.")] // a price of zero was set, and so is meant
    public void Rate_DevicesOfAType_AreOneLine(string type, int count, decimal expected, string sentence)
    {
        var rated = Month.Rate([.. Enumerable.Range(1, count).Select(i => Records.Device($"{i}", type))]);

        var line = Assert.Single(rated.Lines);
        Assert.Equal((Eur(expected), count, type + " management", sentence), (line.Amount, line.Quantity, line.Description, line.Explanation.Sentence));
        Assert.Equal(count, line.Details.Count);
        Assert.Equal(count, rated.Dispositions.Count(d => d.Kind == DispositionKind.Billed));
    }

    [Fact]
    public void Rate_SeveralTypes_AreLinesInTheOrderOfTheirNames() => Assert.Equal(
        ["Server management", "Workstation management"],
        Month.Rate(Records.Device("1", "Workstation"), Records.Device("2"), Records.Device("3", "Workstation")).Lines.Select(line => line.Description));

    [Fact]
    public void Rate_TypeWithoutAPrice_IsHeld()
    {
        var rated = Month.Rate(Records.Device("1", "Printer"), Records.Device("2"));

        Assert.Equal(Eur(49.50m), Assert.Single(rated.Lines).Amount);
        var held = Assert.Single(rated.Dispositions, d => d.Kind == DispositionKind.Held);
        Assert.Equal((Reason.MissingDevicePrice, "Printer HOST-1."), (held.Reason, held.Detail));
    }

    [Theory]
    [InlineData("2024-09-30", 1)] // whole, whatever the day
    [InlineData("2024-10-01", 0)]
    [InlineData(null, 1)]
    public void Bill_InstalledOn_CountsBeforeThePeriodsEnd(string? installedOn, int counted) =>
        Assert.Equal(counted, Month.Bill(Records.Device("1") with { InstalledOn = installedOn is null ? null : Days.On(installedOn) }).Dispositions.Count);

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Rate_InactiveOrNotBilled_IsNonBillable(bool active, bool billed) =>
        Assert.Equal(Reason.Inactive, Assert.Single(Month.Rate(Records.Device("1") with { IsActive = active, IsBilled = billed }).Dispositions).Reason);

    [Fact]
    public void Rate_NoAgreementBillsDevices_IsNonBillable() =>
        Assert.Equal(Reason.DevicesNotPriced, Assert.Single((Month with { Lines = [new AdditionsLine("Licences")] }).Rate(Records.Device("1")).Dispositions).Reason);

    [Fact]
    public void Rate_TwoAgreementsBillDevices_IsHeld()
    {
        var held = Assert.Single((Month with { Agreements = [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")] }).Rate(Records.Device("1")).Dispositions);

        Assert.Equal((Reason.SeveralAgreements, "Gold A or Gold B."), (held.Reason, held.Detail));
    }
}
