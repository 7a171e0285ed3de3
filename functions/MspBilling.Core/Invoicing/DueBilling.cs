using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Time;

namespace MspBilling.Core.Invoicing;

/// <summary>Who is to be billed by a day, for which periods: each client by its own schedule and on its own calendar.</summary>
/// <remarks>
/// Everything since the first day of automatic billing that is due, however long ago: days that were missed are caught up in the same way as others. On 1 October at 03:00 UTC September is due in
/// Dublin, and in Chicago it is still 30 September. What nobody is known for, and the MSP's own work, is looked at by the month.
/// </remarks>
public static class DueBilling
{
    /// <param name="today">At a client.</param>
    /// <param name="cuts">By client, the days on which a period was ended early.</param>
    /// <returns>By period, in the order in which they are to be billed; nothing where the settings do not ask for it.</returns>
    public static IReadOnlyList<DuePeriod> Of(ClientDirectory directory, Func<string, DateOnly> today, ILookup<string, DateOnly> cuts)
    {
        ArgumentNullException.ThrowIfNull(directory);
        var due = from clientId in directory.ClientIds.Append(Client.Unknown)
                  let billing = directory.BillingOf(clientId)
                  let since = Earlier(directory.Settings.Billing?.From, billing.From)
                  where since is not null
                  let schedule = directory.IsBilled(clientId) ? BillingSchedule.Of(billing) with { Cuts = [.. cuts[clientId]] } : BillingSchedule.Of(billing) with { Months = 1 }
                  from period in schedule.Due(since.Value, today(clientId))
                  group clientId by period into together
                  orderby together.Key.End, together.Key.Start descending
                  select new DuePeriod(together.Key, [.. together]);
        return [.. due];
    }

    // A client whose own cycle begins later was billed by the month before.
    private static DateOnly? Earlier(DateOnly? msp, DateOnly? client) => msp is null || client < msp ? client : msp;
}

/// <param name="Clients">Their ids.</param>
public sealed record DuePeriod(Period Period, IReadOnlyList<string> Clients);
