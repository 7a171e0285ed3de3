namespace MspBilling.Local.Sample;

/// <summary>Hourly rates that an agreement has of its own. Roles are priced in euro, so every dollar agreement needs them.</summary>
internal static class SampleRoleRates
{
    private static readonly DateOnly NewYear = new(2024, 1, 1);
    private static readonly DateOnly July = new(2024, 7, 1);

    private static readonly RoleRate[] All =
    [
        // Corrib bargained for a cheaper senior engineer.
        new(401, 108, SampleMembers.SeniorEngineer, 115.00m, NewYear),

        // Lone Star's engineer rate went up on 1 July.
        new(411, 112, SampleMembers.ServiceDesk, 85.00m, NewYear),
        new(412, 112, SampleMembers.Engineer, 110.00m, NewYear, Ended: new DateOnly(2024, 6, 30)),
        new(413, 112, SampleMembers.Engineer, 118.00m, July),
        new(414, 112, SampleMembers.SeniorEngineer, 145.00m, NewYear),
        new(415, 112, SampleMembers.Architect, 185.00m, NewYear),
        new(416, 112, SampleMembers.ProjectManager, 125.00m, NewYear),

        new(421, 113, SampleMembers.ServiceDesk, 92.00m, NewYear),
        new(422, 113, SampleMembers.Engineer, 120.00m, NewYear),
        new(423, 113, SampleMembers.SeniorEngineer, 150.00m, NewYear),
        new(424, 113, SampleMembers.Architect, 195.00m, NewYear),
        new(425, 113, SampleMembers.ProjectManager, 130.00m, NewYear),

        // Atlas has no rate for an architect: Georgios's hours there have no price and are held.
        new(431, 115, SampleMembers.ServiceDesk, 88.00m, NewYear),
        new(432, 115, SampleMembers.Engineer, 115.00m, NewYear),
        new(433, 115, SampleMembers.SeniorEngineer, 148.00m, NewYear),
        new(434, 115, SampleMembers.ProjectManager, 128.00m, NewYear),

        new(441, 116, SampleMembers.ServiceDesk, 85.00m, NewYear),
        new(442, 116, SampleMembers.Engineer, 112.00m, NewYear),
        new(443, 116, SampleMembers.SeniorEngineer, 142.00m, NewYear),
        new(444, 116, SampleMembers.Architect, 180.00m, NewYear),
        new(445, 116, SampleMembers.ProjectManager, 122.00m, NewYear),
    ];

    public static SampleFile File() => SampleJson.Array("finance-agreements-workroles.json", All.Select(rate => new
    {
        rate.Id,
        rate.AgreementId,
        WorkRole = rate.Role.Reference,
        RateType = "Custom",
        Rate = rate.Hourly,
        BillTime = "Billable",
        EffectiveDate = SampleJson.Instant(rate.From),
        EndingDate = rate.Ended is { } ended ? SampleJson.Instant(ended) : null,
        _info = SampleJson.RevisedOn(rate.From, "EWHITFIELD"),
    }));

    private sealed record RoleRate(int Id, int AgreementId, SampleRole Role, decimal Hourly, DateOnly From, DateOnly? Ended = null);
}
