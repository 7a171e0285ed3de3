using System.Text;
using MspBilling.Adapters.Capture.HaloPsa;
using Xunit;

namespace MspBilling.Tests.Capture.HaloPsa;

public sealed class HaloWebhookTests
{
    [Theory]
    [InlineData("Basic", "halo:pässword:1", "7f3a", true)]
    [InlineData("basic", "halo:pässword:1", "7f3a", true)]
    [InlineData("Basic", "halo:pässword:2", "7f3a", false)]
    [InlineData("Basic", "halo:pässword:1 ", "7f3a", false)]
    [InlineData("Basic", "halo", "7f3a", false)]
    [InlineData("Basic", "", "7f3a", false)]
    [InlineData("Bearer", "halo:pässword:1", "7f3a", false)]
    [InlineData("Basic", "halo:pässword:1", "7f3b", false)]
    [InlineData("Basic", "halo:pässword:1", "7F3A", false)]
    [InlineData("Basic", "halo:pässword:1", null, false)]
    public void IsGenuine_TakesTheRightPasswordAtTheRightAddressAlone(string scheme, string credentials, string? path, bool isGenuine) =>
        Assert.Equal(isGenuine, HaloWebhook.IsGenuine($"{scheme} {Convert.ToBase64String(Encoding.UTF8.GetBytes(credentials))}", path, "halo", "pässword:1", "7f3a"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Basic")]
    [InlineData("Basic ===")]
    [InlineData("Basic aGFsbw")]
    public void IsGenuine_OfAHeaderThatIsNone_IsNot(string? header) => Assert.False(HaloWebhook.IsGenuine(header, "7f3a", "halo", "secret", "7f3a"));

    [Fact]
    public void IsGenuine_WhereNothingIsToBeComparedWith_IsNot()
    {
        var empty = "Basic " + Convert.ToBase64String("halo:"u8);

        Assert.False(HaloWebhook.IsGenuine(empty, "7f3a", "halo", "", "7f3a"));
        Assert.False(HaloWebhook.IsGenuine("Basic " + Convert.ToBase64String("halo:a"u8), "", "halo", "a", ""));
    }
}
