using MspBilling.Adapters.Storage;
using MspBilling.Core.Capture;

namespace MspBilling.App.Rating;

/// <summary>Whom a stored preview can be asked for.</summary>
public sealed class StoredClients(RecordStore records)
{
    /// <param name="clientId">Null is all of them.</param>
    /// <returns>What is missing, in a sentence; null when there is something to price.</returns>
    public async Task<string?> ProblemAsync(string? clientId, CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        return !directory.HasSettings ? "Nothing can be billed yet: the MSP's settings have not been imported."
            : clientId is not null && !directory.ClientIds.Contains(clientId) ? $"No client has the id {clientId}."
            : null;
    }

    /// <summary>The clients with the id, or with the text in their names; all for null.</summary>
    public async Task<IReadOnlyList<string>> FindAsync(string? text, CancellationToken cancellationToken)
    {
        var directory = ClientDirectory.Of(await records.ReferencesAsync(cancellationToken).ConfigureAwait(false));
        return [.. directory.ClientIds.Where(id => text is null || id == text || directory.NameOf(id).Contains(text, StringComparison.CurrentCultureIgnoreCase))];
    }
}
