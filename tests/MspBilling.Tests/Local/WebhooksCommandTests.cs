using MspBilling.Tests.Capture.ConnectWise;
using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

public sealed class WebhooksCommandTests(AzuriteFixture azurite)
{
    private const string Url = "https://hooks.example.com";

    [Fact]
    public async Task Webhooks_RegisteredListedAndRemoved_AreToldWithoutTheirSecret()
    {
        await using var vendor = new ConnectWiseSimulator();
        await vendor.StartAsync();
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage);
        foreach (var (name, value) in ConnectedSource.SettingsFor(vendor.Address.ToString(), "Webhooks:Path=" + ConnectWiseWebhookTests.Path, "Webhooks:Types:0=time"))
            program.With(name.Replace(":", "__", StringComparison.Ordinal), value);

        var registered = await program.RunAsync("webhooks", "register", "--source", "connectwise", "--url", Url, "--json");
        Assert.True(registered.ExitCode == 0, registered.ToString());
        Assert.Equal("""{"source":"connectwise","webhooks":[{"subject":"time","action":"created","id":"61"}]}""", registered.Output.TrimEnd());
        Assert.Equal($"{Url}/api/webhooks/connectwise/{ConnectWiseWebhookTests.Path}?recordId=", (string)Assert.Single(vendor.List("system/callbacks")).Value.Json["url"]!);

        vendor.List("system/callbacks")[61].Json["inactiveFlag"] = true;
        var listed = await program.RunAsync("webhooks", "list", "--source", "connectwise", "--url", Url);
        Assert.Equal(1, listed.ExitCode);
        Assert.Contains("61 time to https://hooks.example.com/api/webhooks/connectwise/***?recordId=: ours, inactive, as after three days of failures", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ConnectWiseWebhookTests.Path, listed.Output + listed.Error, StringComparison.Ordinal);

        var renewed = await program.RunAsync("webhooks", "renew", "--source", "connectwise", "--url", Url);
        Assert.Contains("connectwise time: made active and written again (61)", renewed.Output, StringComparison.Ordinal);
        var removed = await program.RunAsync("webhooks", "remove", "--source", "connectwise", "--url", Url);
        Assert.Contains("connectwise time: removed (61)", removed.Output, StringComparison.Ordinal);
        Assert.Empty(vendor.List("system/callbacks"));
        Assert.Contains("0 records of connectwise are tried again.", (await program.RunAsync("webhooks", "retry", "--source", "connectwise")).Output, StringComparison.Ordinal);

        vendor.Keys = "others";
        var refused = await program.RunAsync("webhooks", "register", "--source", "connectwise", "--url", Url);
        Assert.Equal(1, refused.ExitCode);
        Assert.Contains("ConnectWise PSA answered 401", refused.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://hooks.example.com", "--url: 'http://hooks.example.com' is not the https address at which a vendor reaches this server")]
    [InlineData("hooks", "--url: 'hooks' is not the https address")]
    public async Task Webhooks_AnAddressThatIsNone_IsBadInput(string url, string words)
    {
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage);
        foreach (var (name, value) in ConnectedSource.SettingsFor("na.myconnectwise.net", "Webhooks:Path=" + ConnectWiseWebhookTests.Path))
            program.With(name.Replace(":", "__", StringComparison.Ordinal), value);

        var result = await program.RunAsync("webhooks", "register", "--source", "connectwise", "--url", url);

        Assert.Equal(2, result.ExitCode);
        Assert.Contains(words, result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Webhooks_NoneConfigured_SaysWhatToWrite()
    {
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage);

        var result = await program.RunAsync("webhooks", "list", "--source", "connectwise");

        Assert.Equal(2, result.ExitCode);
        Assert.Contains("No webhooks are configured. Put Sources__ConnectWise__Webhooks__*", result.Error, StringComparison.Ordinal);
    }
}
