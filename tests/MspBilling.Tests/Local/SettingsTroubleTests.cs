using MspBilling.Tests.Storage;
using Xunit;

namespace MspBilling.Tests.Local;

/// <summary>Settings that cannot be worked with: what is wrong, where it is mended, and that nothing failed.</summary>
public sealed class SettingsTroubleTests(AzuriteFixture azurite)
{
    [Theory]
    [InlineData("Webhooks__ReplayMinutes", "0", "The setting Webhooks__ReplayMinutes must be 1 to 10080.")]
    [InlineData("Pull__SweepHours", "often", "Failed to convert configuration value 'often' at 'Pull:SweepHours' to type 'System.Int32'.")]
    [InlineData("Sources__Pax8__ClientId", "abc", "Sources:Pax8:ClientSecret: ")]
    public async Task Setting_ThatCannotBeWorkedWith_IsBadInput(string setting, string value, string words)
    {
        await using var storage = await azurite.CreateAsync();
        using var program = LocalProgram.On(azurite, storage).With(setting, value);

        var result = await program.RunAsync("verify", "--json");

        Assert.Equal((2, ""), (result.ExitCode, result.Output));
        Assert.StartsWith(words, result.Error, StringComparison.Ordinal);
        Assert.EndsWith(" Mend it in local.settings.json or in the environment.", result.Error.TrimEnd(), StringComparison.Ordinal);
    }
}
