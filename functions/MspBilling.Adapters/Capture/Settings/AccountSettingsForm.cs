using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Settings;

/// <summary>What clients' accounts do by themselves: <c>{"credit":"automatic","lateFeesFrom":"2024-10-01","clients":[{"client","credit","lateFees":false}]}</c>.</summary>
internal static class AccountSettingsForm
{
    private static readonly Dictionary<string, CreditMode> Modes = new(StringComparer.Ordinal) { ["automatic"] = CreditMode.Automatic, ["byHand"] = CreditMode.ByHand };

    public static AccountSettings? ReadOptional(JsonRecord settings)
    {
        if (settings.OptionalRecord("accounts") is not { } json)
            return null;

        var accounts = new AccountSettings(
            json.OptionalWord("credit", Modes) ?? AccountSettings.Default.Credit,
            json.OptionalDate("lateFeesFrom"),
            json.DistinctRecords("clients", Client, client => client.Client, "client", "each client once", StringComparer.OrdinalIgnoreCase));
        json.RefuseOthers();
        return accounts;
    }

    private static ClientAccount Client(JsonRecord json) =>
        new(json.Text("client"), json.OptionalWord("credit", Modes), json.Has("lateFees") ? json.Flag("lateFees") : null);
}
