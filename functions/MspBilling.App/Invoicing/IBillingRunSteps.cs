using MspBilling.Adapters.Storage;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Time;

namespace MspBilling.App.Invoicing;

/// <summary>The steps of a billing run. The local host carries them out in process, the Azure host hands each to a Durable activity.</summary>
/// <remarks>Each step may be carried out any number of times, and cut short at any point: doing it again ends in the same.</remarks>
public interface IBillingRunSteps
{
    /// <summary>Notes the run and lists whom it bills.</summary>
    /// <param name="clients">Whom to bill of those whose period it is; null for all.</param>
    Task<RunStart> StartAsync(Period period, IReadOnlyList<string>? clients);

    /// <summary>Computes a client's bill and stores it; finds out what, if anything, there is to issue.</summary>
    Task<DraftedClient> DraftAsync(Period period, string clientId);

    /// <summary>The invoices that were approved and are not issued yet.</summary>
    Task<IReadOnlyList<NumberStore.Intent>> ApprovedAsync(Period period);

    /// <summary>Gives every bill that is to be issued its numbers.</summary>
    Task<IReadOnlyList<NumberStore.Assignment>> AssignNumbersAsync(Period period, IReadOnlyList<NumberStore.Intent> intents);

    /// <summary>Renders and issues a client's invoices.</summary>
    Task<IssuedClient> IssueAsync(Period period, IReadOnlyList<NumberStore.Assignment> assignments);

    /// <summary>Sends what waits for accounting on its way and notes that the run is finished, or that drafts wait for approval.</summary>
    Task FinishAsync(Period period);
}

public sealed record RunStart(Period Period, IReadOnlyList<string> ClientIds);

/// <param name="Intents">What is to be issued; empty when there is nothing, or when it was issued before.</param>
public sealed record DraftedClient(string ClientId, ClientState State, IReadOnlyList<NumberStore.Intent> Intents);

public sealed record IssuedClient(string ClientId, int Invoices);
