using System.Globalization;

namespace MspBilling.Local.Sample;

/// <summary>The devices under management, counted for what is charged for each.</summary>
/// <remarks>Clients that pay by the hour have devices too, marked not to be billed.</remarks>
internal static class SampleDevices
{
    private const int FirstId = 3301;
    private static readonly DateOnly September = new(2024, 9, 1);

    // Client, servers, workstations, firewalls, whether they are charged for.
    private static readonly Fleet[] Fleets =
    [
        new("ZOLWLOG", 3, 31, 1), new("ATHENA", 0, 8, 0, Charged: false), new("KYIVBAKE", 1, 7, 1), new("OBRIEN", 2, 18, 1), new("LIFFEY", 2, 20, 1),
        new("CORRIB", 2, 15, 1), new("ALSTER", 4, 23, 2), new("ISARTON", 1, 9, 0, Charged: false), new("LONESTAR", 5, 30, 4),
        new("BARTON", 1, 6, 0, Charged: false), new("ATLAS", 6, 27, 1), new("PECAN", 2, 18, 1),
    ];

    // Installed in the middle of the month: charged for part of it.
    private static readonly Dictionary<string, DateOnly> Installed = new()
    {
        ["COR-WS15"] = new(2024, 9, 10),
        ["ALS-WS23"] = new(2024, 9, 12),
        ["ZOL-WS30"] = new(2024, 9, 16),
        ["ZOL-WS31"] = new(2024, 9, 16),
        ["LSV-SRV05"] = new(2024, 9, 18),
        ["ATL-SRV06"] = new(2024, 9, 23),
    };

    private static readonly HashSet<string> Retired = ["ZOL-WS04", "OBD-WS02", "LIF-WS11", "ALS-SRV01", "LSV-WS07", "LSV-WS08", "ATL-WS13", "PSA-WS05"];

    // Spares on the shelf and a server that the client looks after itself.
    private static readonly HashSet<string> NotCharged = ["ZOL-WS05", "OBD-WS18", "COR-SRV02", "ATL-WS26", "ATL-WS27"];

    private static readonly Dictionary<string, (int TypeId, string[] Models)> Kinds = new()
    {
        ["Server"] = (3, ["PowerEdge T550", "PowerEdge R650xs", "ProLiant ML350 Gen11"]),
        ["Workstation"] = (4, ["ThinkPad T14 Gen 4", "Latitude 5440", "OptiPlex 7010", "EliteBook 840 G10", "ThinkCentre M70q"]),
        ["Firewall"] = (5, ["FortiGate 60F", "FortiGate 80F"]),
    };

    private static readonly IReadOnlyList<Device> All = [.. Listed()];

    /// <summary>The machines that people work on: what tickets and notes speak of.</summary>
    public static IReadOnlyList<string> NamesOf(SampleCompany client) =>
        [.. All.Where(device => device.Client == client && device.Kind != "Firewall").Select(device => device.Name)];

    public static SampleFile File()
    {
        var random = new SampleRandom(3301);
        return SampleJson.Array("company-configurations.json", All.Select((device, index) => Record(device, FirstId + index, random)));
    }

    private static IEnumerable<Device> Listed()
    {
        foreach (var fleet in Fleets)
        {
            var client = SampleCompanies.Named(fleet.Client);
            foreach (var (kind, mark, count) in new[] { ("Server", "SRV", fleet.Servers), ("Workstation", "WS", fleet.Workstations), ("Firewall", "FW", fleet.Firewalls) })
            {
                for (var number = 1; number <= count; number++)
                    yield return new Device(client, kind, string.Create(CultureInfo.InvariantCulture, $"{client.DevicePrefix}-{mark}{number:00}"), fleet.Charged);
            }
        }
    }

    private static object Record(Device device, int id, SampleRandom random)
    {
        var (typeId, models) = Kinds[device.Kind];
        var active = !Retired.Contains(device.Name);
        var installed = Installed.TryGetValue(device.Name, out var inSeptember) ? inSeptember : September.AddDays(-random.Between(60, 1_100));
        return new
        {
            Id = id,
            device.Name,
            Type = new Reference(typeId, device.Kind),
            Status = active ? new Reference(1, "Active") : new Reference(2, "Inactive"),
            Company = device.Client.Reference,
            SerialNumber = Serial(random),
            ModelNumber = random.Pick(models),
            TagNumber = string.Create(CultureInfo.InvariantCulture, $"HL{id:00000}"),
            ActiveFlag = active,
            BillFlag = device.Charged && !NotCharged.Contains(device.Name),
            InstallationDate = SampleJson.Instant(installed),
            WarrantyExpirationDate = SampleJson.Instant(installed.AddYears(3)),
            _info = SampleJson.RevisedOn(installed > September ? installed : new DateOnly(2024, 8, 12), "DMURPHY"),
        };
    }

    private static string Serial(SampleRandom random) =>
        string.Concat(Enumerable.Range(0, 7).Select(_ => "0123456789BCDFGHJKLMNPQRSTVWXYZ"[random.Below(31)]));

    private sealed record Fleet(string Client, int Servers, int Workstations, int Firewalls, bool Charged = true);

    private sealed record Device(SampleCompany Client, string Kind, string Name, bool Charged);
}
