using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;
using MspBilling.Local.Hosting;
using MspBilling.Local.Output;

namespace MspBilling.Local.Commands;

/// <summary>What has to be imported before anything can be billed.</summary>
internal static class References
{
    /// <returns>False, with a sentence, when the MSP's settings are missing.</returns>
    public static async Task<bool> AreThereAsync(CommandContext context, CancellationToken cancellationToken)
    {
        var settings = await context.Get<RecordStore>().ReferencesAsync(RecordKind.MspSettings, cancellationToken).ConfigureAwait(false);
        if (settings.Count > 0)
        {
            return true;
        }

        Screen.Problem("Nothing can be billed yet: the MSP's settings are missing. Import msp-settings.json and the PSA's files first; see the README, \"Your own data\".");
        return false;
    }
}
