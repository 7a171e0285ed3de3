using MspBilling.Core;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>One client's month under agreements in the MSP's own form: September 2024, in euro. A test says what differs.</summary>
internal sealed record AgreedMonth
{
    public Period Period { get; init; } = Days.September;

    public IReadOnlyList<Agreement> Agreements { get; init; } = [];

    /// <summary>Of the settings.</summary>
    public IReadOnlyList<CustomRule> Rules { get; init; } = [];

    public IReadOnlyList<CapturedRecord> References { get; init; } = [Records.Project("701"), Records.Project("702")];

    public CarriedState Carried { get; init; } = CarriedState.None;

    /// <summary>An agreement of one version from 2024 on.</summary>
    public static Agreement Agreement(string id, params IReadOnlyList<AgreementLine> lines) => new()
    {
        Id = id,
        ClientId = Records.ClientId,
        Name = "Agreement " + id,
        Currency = Currencies.EUR,
        Versions = [new AgreementVersion(1, Days.From("2024-01-01"), lines, [])],
    };

    public static AgreedMonth Of(params IReadOnlyList<AgreementLine> lines) => new() { Agreements = [Agreement(Records.AgreementId, lines)] };

    public RatingCase Case(params IReadOnlyList<Activity> activities)
    {
        var directory = ClientDirectory.Of([Records.Settings with { Rules = Rules }, Records.Company(), .. References]);
        return new RatingCase(directory.ClientOf(Records.ClientId).Client!, Period, Agreements, directory, activities) { Carried = Carried };
    }

    public RatedPeriod Rate(params IReadOnlyList<Activity> activities) => Rater.Rate(Case(activities));

    /// <summary>Months one after the other, each from what the one before it left.</summary>
    public IReadOnlyList<RatedPeriod> Rate(params IReadOnlyList<(Period Month, IReadOnlyList<Activity> Activities)> months)
    {
        var rated = new List<RatedPeriod>();
        foreach (var (month, activities) in months)
        {
            rated.Add((this with { Period = month, Carried = rated.Count == 0 ? Carried : rated[^1].Carried }).Rate(activities));
        }

        return rated;
    }
}

internal static class AgreedExtensions
{
    public static Agreement In(this Agreement agreement, Currency currency) => agreement with { Currency = currency };

    public static Agreement With(this Agreement agreement, params IReadOnlyList<CustomRule> rules) =>
        agreement with { Versions = [.. agreement.Versions.Select(version => version with { Rules = rules })] };

    /// <summary>The agreement of one version, in force on other days.</summary>
    public static Agreement During(this Agreement agreement, Period term) => agreement with { Versions = [agreement.Versions[0] with { InForce = term }] };
}
