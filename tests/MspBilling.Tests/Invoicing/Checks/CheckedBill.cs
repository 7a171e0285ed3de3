using MspBilling.Core.Capture;
using MspBilling.Core.Invoicing;
using MspBilling.Tests.Builders;

namespace MspBilling.Tests.Invoicing.Checks;

/// <summary>A bill before its issue, with fixed defaults: September's, of a client without history, by settings that look at nothing. A test says what differs.</summary>
internal sealed record CheckedBill
{
    public static IssueSettings Nothing { get; } = IssueSettings.Default with { ZeroTotal = false };

    public ClientMonth Month { get; init; } = new() { Lines = [Lines.Fee(), Lines.Additions("Licences"), Lines.Time("Support")], References = [Records.Role("1", 95)] };

    public IssueSettings Settings { get; init; } = Nothing;

    public ClientOutcome? Before { get; init; }

    /// <summary>Of the bill that the activities give, each as its code and its words.</summary>
    public IReadOnlyList<Objection> Check(params IReadOnlyList<Activity> activities)
    {
        var month = Month with { Settings = Month.Settings with { Issue = Settings } };
        return IssueChecks.Of(new IssueCase(month.Bill(activities), month.Directory, activities, Before));
    }

    /// <summary>A bill of one addition of that price.</summary>
    public IReadOnlyList<Objection> CheckNet(decimal net) => Check(Records.Addition("1", 1, net));

    /// <summary>An outcome of August that ends this history: what was invoiced in the months before September, oldest first.</summary>
    public static ClientOutcome After(params IReadOnlyList<decimal> nets) => Outcome with
    {
        History = new InvoicedHistory([.. nets.Select((net, i) => new InvoicedPeriod(Core.Time.Period.MonthOf(Days.September.Start.AddMonths(i - nets.Count)), [Currencies.Eur(net)]))], []),
    };

    public static ClientOutcome Outcome { get; } = new(Core.Time.Period.Month(2024, 8), Records.ClientId, "Corrib Foods", ClientState.Issued, null, "bill", "inputs", 0, []);
}
