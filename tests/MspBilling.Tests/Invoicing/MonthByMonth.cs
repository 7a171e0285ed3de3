using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Invoicing;

/// <summary>A client's months closed one after the other, as a run closes them, with each looking at all the earlier ones.</summary>
internal sealed class MonthByMonth
{
    private readonly List<(StandingPeriod Standing, BillName Where, IReadOnlyList<CapturedRecord> References)> _closed = [];

    /// <summary>How the closed periods stand, oldest first.</summary>
    public IReadOnlyList<StandingPeriod> Standing => [.. _closed.Select(closed => closed.Standing)];

    public CarriedState Left { get; private set; } = CarriedState.None;

    /// <summary>Closes a month with everything that is captured by then, of whatever month.</summary>
    public ClientBill Close(ClientMonth month, params IReadOnlyList<Activity> captured)
    {
        IReadOnlyList<CapturedRecord> references = [.. month.Directory.RecordsBehind(Records.ClientId)];
        var adjustments = new List<Adjustment>();
        CarriedState? carried = null;
        for (var i = 0; i < _closed.Count; i++)
        {
            var (standing, where, then) = _closed[i];
            var (adjustment, problem) = Adjustments.Of(standing, where, Records.ClientId, then, references, Of(captured, standing.Period), carried);
            Assert.Null(problem);
            carried = adjustment!.Period.MovesCarried ? adjustment.Period.Now.CarriedOut : null;
            if (adjustment.Changes)
            {
                adjustments.Add(adjustment);
                _closed[i] = (adjustment.Period.Now, new BillName(month.Period, month.Period.ToString()), adjustment.References);
            }
        }

        var bill = ClientBilling.Bill(month.Directory, Records.ClientId, month.Period, month.Period.End, Of(captured, month.Period), Left, adjustments) with { References = "kept" };
        var issued = bill.Invoices.Select((draft, i) => IssuedInvoice.Of($"HL-{(month.Period.Start.Month * 10) + i:000000}", bill, draft, "bill", "pdf"));
        _closed.Add((StandingPeriod.Of(bill, issued), new BillName(month.Period, month.Period.ToString()), references));
        Left = bill.CarriedOut;
        return bill;
    }

    /// <summary>Credits lines of the first month to be billed again.</summary>
    public void Release(ReleasedLines lines) => _closed[0] = (Restocking.Of(_closed[0].Standing, [lines]), _closed[0].Where, _closed[0].References);

    // Storage has the activities of a month apart; what stands is of all of them.
    private static IReadOnlyList<Activity> Of(IEnumerable<Activity> captured, Period period) =>
        [.. captured.Where(activity => ActivityWords.DateOf(activity) is not { } day || period.Contains(day))];
}
