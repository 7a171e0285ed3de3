using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Clients;

public sealed class ClientTests
{
    [Fact]
    public void IdOf_Company_IsStableOverARename() =>
        Assert.Equal("cw-250", Client.IdOf((Records.Company() with { Identifier = "NEWNAME", Name = "New name" }).Id.ExternalId));

    [Theory]
    [InlineData(null, "2024-10-01T03:00Z", "2024-10-01")] // the MSP's zone, Dublin
    [InlineData("America/Chicago", "2024-10-01T03:00Z", "2024-09-30")]
    public void LocalDate_Instant_IsOfTheClientsZone(string? zone, string instant, string date)
    {
        var month = new ClientMonth { Settings = Records.Settings with { Clients = [new ClientSettings("CO250", TimeZone: zone)] } };

        Assert.Equal(Days.On(date), month.Client.LocalDate(Days.At(instant)));
    }
}
