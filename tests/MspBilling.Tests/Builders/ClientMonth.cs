using System.Text;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Clients;
using MspBilling.Core.Invoicing;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Tests.Builders;

/// <summary>One client's month with fixed defaults: September 2024, one agreement of the type <c>Gold</c>. A test says what differs.</summary>
internal sealed record ClientMonth
{
    public Period Period { get; init; } = Days.September;

    public MspSettings Settings { get; init; } = Records.Settings;

    /// <summary>The pricing rules of the type <c>Gold</c>.</summary>
    public IReadOnlyList<AgreementLine> Lines { get; init; } = [];

    public Company Company { get; init; } = Records.Company();

    public IReadOnlyList<PsaAgreement> Agreements { get; init; } = [Records.Agreement()];

    /// <summary>Roles, role rates, projects and other companies.</summary>
    public IReadOnlyList<CapturedRecord> References { get; init; } = [];

    public CarriedState Carried { get; init; } = CarriedState.None;

    public ClientDirectory Directory => ClientDirectory.Of(
    [
        Settings with { AgreementTypes = [.. Settings.AgreementTypes, new AgreementType(Records.TypeName, Lines)] }, Company, .. Agreements, .. References,
    ]);

    public Client Client => Directory.ClientOf(Records.ClientId).Client!;

    public RatedPeriod Rate(params IReadOnlyList<Activity> activities)
    {
        var directory = Directory;
        var client = directory.ClientOf(Records.ClientId).Client!;
        return Rater.Rate(new RatingCase(client, Period, directory.AgreementsOf(client), directory, activities) { Carried = Carried });
    }

    public ClientBill Bill(params IReadOnlyList<Activity> activities) =>
        ClientBilling.Bill(Directory, Records.ClientId, Period, Period.End, activities, Carried);

    /// <summary>As a failing property prints it.</summary>
    public override string ToString() => $"{Period} in {Settings.DefaultTimeZone}\n{Json(Directory.AgreementsOf(Client))}\n{Json(Settings.Rules)}\n{Json(Carried)}";

    private static string Json<T>(T value) => Encoding.UTF8.GetString(RecordJson.Serialize(value));
}
