using Microsoft.Extensions.Logging;
using MspBilling.App.Accounting;

namespace MspBilling.Local.Hosting;

/// <summary>Feeds the accounting handler.</summary>
internal sealed class AccountingWorker(AccountingPump pump, TimeProvider clock, ILogger<AccountingWorker> logger) : QueueWorker("accounting", clock, logger)
{
    protected override Task<int> PumpOnceAsync(CancellationToken cancellationToken) => pump.PumpOnceAsync(cancellationToken);
}
