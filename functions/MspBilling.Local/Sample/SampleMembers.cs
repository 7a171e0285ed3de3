namespace MspBilling.Local.Sample;

/// <summary>Harbourlight's nine technicians and the roles they work in. Seven sit in Dublin, two in Austin.</summary>
internal static class SampleMembers
{
    public static readonly SampleRole ServiceDesk = new(1, "Service Desk", 75.00m);
    public static readonly SampleRole Engineer = new(2, "Engineer", 95.00m);
    public static readonly SampleRole SeniorEngineer = new(3, "Senior Engineer", 125.00m);
    public static readonly SampleRole Architect = new(4, "Architect", 160.00m);
    public static readonly SampleRole ProjectManager = new(5, "Project Manager", 110.00m);

    public static readonly SampleRole[] Roles = [ServiceDesk, Engineer, SeniorEngineer, Architect, ProjectManager];

    // Costs are in euro an hour. Georgios is a contractor whose cost the API member may not see: unknown, not 0.
    public static readonly SampleMember[] All =
    [
        new(17, "NKELLY", "Niamh", "Kelly", ServiceDesk, 24.50m, InAustin: false),
        new(18, "TBAUER", "Tobias", "Bauer", ServiceDesk, 25.75m, InAustin: false),
        new(19, "KTHOMPSON", "Kayla", "Thompson", ServiceDesk, 26.40m, InAustin: true),
        new(20, "DMURPHY", "Declan", "Murphy", Engineer, 33.00m, InAustin: false),
        new(21, "MNOWAK", "Małgorzata", "Nowak", Engineer, 34.25m, InAustin: false),
        new(22, "JRAMIREZ", "Javier", "Ramírez", Engineer, 36.10m, InAustin: true),
        new(23, "SOSULLIVAN", "Siobhán", "O'Sullivan", SeniorEngineer, 42.75m, InAustin: false),
        new(24, "GPAPADAKIS", "Georgios", "Papadakis", Architect, null, InAustin: false),
        new(25, "EWHITFIELD", "Emma", "Whitfield", ProjectManager, 39.50m, InAustin: false),
    ];

    private static readonly int[] Offices = [2, 3];

    public static SampleMember Named(string identifier) => All.Single(member => member.Identifier == identifier);

    public static SampleFile File() => SampleJson.Array("system-members.json", All.Select(member => new
    {
        member.Id,
        member.Identifier,
        member.FirstName,
        member.LastName,
        member.HourlyCost,
        WorkRole = member.Role.Reference,
        WorkType = new Reference(1, "Remote"),
        InactiveFlag = false,
        LicenseClass = "F",
        DailyCapacity = 8.0m,
        BillableForecast = 80.0m,
        _info = SampleJson.RevisedOn(new DateOnly(2024, 4, 2), "EWHITFIELD"),
    }));

    public static SampleFile RolesFile() => SampleJson.Array("time-workroles.json", Roles.Select(role => new
    {
        role.Id,
        role.Name,
        role.HourlyRate,
        InactiveFlag = false,
        LocationIds = Offices,
        _info = SampleJson.RevisedOn(new DateOnly(2024, 1, 2), "EWHITFIELD"),
    }));
}

internal sealed record SampleRole(int Id, string Name, decimal HourlyRate)
{
    public Reference Reference => new(Id, Name);
}

internal sealed record SampleMember(int Id, string Identifier, string FirstName, string LastName, SampleRole Role, decimal? HourlyCost, bool InAustin)
{
    /// <summary>Hours to add to UTC: summer time holds in both offices through the whole of September.</summary>
    public int HoursFromUtc => InAustin ? -5 : 1;

    public IdentifiedReference Reference => new(Id, Identifier, $"{FirstName} {LastName}");
}
