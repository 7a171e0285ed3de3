using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating;

public sealed class AgreementMatchTests
{
    private static readonly TimeLine Time = new("Support", 0.25m, 0.25m);
    private static readonly CloudUsageLine Cloud = new("Cloud", 15);
    private static readonly AdditionsLine Additions = new("Licences");
    private static readonly MilestonesLine Milestones = new("Projects");

    private static readonly TimeEntry Loose = Records.Time("1", 1) with { AgreementId = null };
    private static readonly PsaAgreement Ended = Records.Agreement("100", "Old gold") with { Term = Days.Between("2021-01-01", "2024-09-10") };
    private static readonly PsaAgreement InDollars = Records.Agreement("102", "Dollar gold") with { CurrencyName = "US Dollar" };

    public static TheoryData<Activity, PsaAgreement[], AgreementLine[], string, string?> Held => new()
    {
        { Records.Time("1", 1) with { AgreementId = "999" }, [Records.Agreement()], [Time], "unknown-agreement", "Agreement 999." },
        { Records.Addition("1", 1, 5), [Records.Agreement("102")], [Additions], "unknown-agreement", "Agreement 101." },
        // In force to the 9th; the work is of the 10th.
        { Records.Time("1", 1) with { AgreementId = "100" }, [Ended], [Time], "agreement-not-in-force", "Old gold, in force from 2021-01-01 to 2024-09-09." },
        { Records.Addition("1", 1, 5) with { AgreementId = "100", InForce = Days.From("2024-09-10") }, [Ended], [Additions], "agreement-not-in-force", "Old gold, in force from 2021-01-01 to 2024-09-09." },
        { Records.Time("1", 1), [Records.Agreement() with { Term = Days.From("2024-09-11") }], [Time], "agreement-not-in-force", "Gold support, in force from 2024-09-11." },
        { Records.Time("1", 1), [Records.Agreement()], [], "unpriced-agreement-type", "Gold support is of the type Gold." },
        { Records.Time("1", 1), [Records.Agreement()], [Additions], "no-agreement-line", "Gold support (Gold)." },
        { Records.Addition("1", 1, 5), [Records.Agreement()], [Time], "no-agreement-line", "Gold support (Gold)." },
        { Loose, [], [Time], "no-agreement", null },
        { Loose, [Records.Agreement()], [Additions], "no-agreement", null },
        { Loose, [Ended], [Time], "no-agreement", null },
        { Loose, [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Time], "several-agreements", "Gold A or Gold B." },
        { Records.Usage("1", 5), [Records.Agreement()], [Time], "no-agreement", null },
        { Records.Usage("1", 5), [InDollars], [Cloud], "other-currency", "EUR of Azure." },
        { Records.Usage("1", 5), [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Cloud], "several-agreements", "Gold A or Gold B." },
        { Records.Milestone("1", 5), [Records.Agreement()], [Time], "no-agreement", null },
        { Records.Milestone("1", 5), [Records.Agreement("101", "Gold A"), Records.Agreement("102", "Gold B")], [Milestones], "several-agreements", "Gold A or Gold B." },
        // 5.00 is euro, the client's currency: as dollars it would be another amount.
        { Records.Milestone("1", 5), [InDollars], [Milestones], "other-currency", "Stage 1, in EUR." },
    };

    [Theory]
    [MemberData(nameof(Held), DisableDiscoveryEnumeration = true)]
    public void Rate_NoOneAgreement_IsHeld(Activity activity, PsaAgreement[] agreements, AgreementLine[] lines, string reason, string? detail)
    {
        var rated = (new ClientMonth { Agreements = agreements, Lines = lines, References = [Records.Role("1", 95)] }).Rate(activity);

        Assert.Empty(rated.Lines);
        var held = Assert.Single(rated.Dispositions);
        Assert.Equal((DispositionKind.Held, reason, detail), (held.Kind, held.Reason!.Code, held.Detail));
        Assert.Equal(activity.Captured, held.Quantity);
    }

    public static TheoryData<Activity, PsaAgreement[], string> Matched => new()
    {
        { Records.Time("1", 1), [Records.Agreement(), Records.Agreement("103")], "101" }, // the one it names
        { Loose, [Ended, Records.Agreement()], "101" }, // the only one in force
        { Records.Time("1", 1, start: "2024-09-09T22:59Z") with { AgreementId = "100" }, [Ended, Records.Agreement()], "100" }, // its last day, in Dublin
        { Records.Usage("1", 5), [Records.Agreement(), InDollars], "101" }, // the only one in its currency
        { Records.Usage("1", 5) with { Currency = Currencies.USD }, [Records.Agreement(), InDollars], "102" },
        { Records.Milestone("1", 5), [Records.Agreement(), InDollars], "101" },
        { Records.Addition("1", 1, 5), [Records.Agreement() with { Term = Days.Between("2024-09-30", "2024-10-01") }], "101" }, // one day together
    };

    [Theory]
    [MemberData(nameof(Matched), DisableDiscoveryEnumeration = true)]
    public void Rate_OneAgreement_PricesIt(Activity activity, PsaAgreement[] agreements, string expected)
    {
        var month = new ClientMonth { Agreements = agreements, Lines = [Time, Cloud, Additions, Milestones], References = [Records.Role("1", 95), Records.RoleRate("1", 95, "100")] };

        Assert.Equal(expected, Assert.Single(month.Rate(activity).Lines).AgreementId);
    }

    [Theory]
    // Quantity, less included, what it would bring at 10.00.
    [InlineData(5, 2, 30)]
    [InlineData(5, 8, 0)] // never less than nothing
    public void Rate_HeldAddition_IsWorthWhatItsAgreementWouldBill(decimal quantity, decimal lessIncluded, decimal worth)
    {
        var month = new ClientMonth { Agreements = [Records.Agreement() with { CurrencyName = "US Dollar" }], Lines = [Time] };

        var held = Assert.Single(month.Rate(Records.Addition("1", quantity, 10) with { LessIncluded = lessIncluded }).Dispositions);

        Assert.Equal(Currencies.Usd(worth), held.Value);
    }
}
