using System.Globalization;
using MspBilling.Adapters.Agreements;
using MspBilling.Adapters.Capture;
using MspBilling.Core;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Rating;

/// <summary>A case's activities, each by its <c>kind</c>. Who and what is named, not numbered; an id that is left out is its place in the list.</summary>
internal sealed class CaseActivities
{
    /// <summary>Devices counted each.</summary>
    private const int Most = 100_000;
    private const int MostDevices = 1_000;
    private const decimal MostHours = 1_000;

    private readonly CaseClient _client;
    private readonly IReadOnlyList<AgreementDocument> _agreements;
    private readonly IReadOnlyList<Project> _projects;
    private readonly Dictionary<string, Func<JsonRecord, string, IEnumerable<Activity>>> _kinds;

    public CaseActivities(CaseClient client, IReadOnlyList<AgreementDocument> agreements, IReadOnlyList<Project> projects)
    {
        (_client, _agreements, _projects) = (client, agreements, projects);
        _kinds = new(StringComparer.Ordinal)
        {
            ["time"] = (json, id) => [Time(json, id)],
            ["usage"] = (json, id) => [Usage(json, id)],
            ["device"] = Devices,
            ["addition"] = (json, id) => [Addition(json, id)],
            ["milestone"] = (json, id) => [Milestone(json, id)],
            ["expense"] = (json, id) => [Expense(json, id)],
            ["count"] = (json, id) => [Count(json, id)],
        };
    }

    public IReadOnlyList<Activity> Read(JsonRecord json)
    {
        var activities = new List<Activity>();
        var ids = new HashSet<RecordId>();
        var place = 0;
        foreach (var record in json.Records("activities"))
        {
            var (kind, id) = (record.Text("kind"), record.OptionalText("id") ?? string.Create(CultureInfo.InvariantCulture, $"activities[{place}]"));
            place++;
            if (!_kinds.TryGetValue(kind, out var read))
            {
                if (kind.Length > 0)
                    record.Problem("kind", "one of " + string.Join(", ", _kinds.Keys));
                continue;
            }

            var found = read(record, id).ToList();
            record.RefuseOthers();
            if (!found.TrueForAll(activity => ids.Add(activity.Id)))
                record.Problem("id", "each id once among activities of a kind");
            activities.AddRange(found);
            if (activities.Count > Most)
            {
                json.Problem("activities", string.Create(CultureInfo.InvariantCulture, $"at most {Most} activities, where each device counts"));
                break;
            }
        }

        return activities;
    }

    private TimeEntry Time(JsonRecord json, string id)
    {
        var start = json.ZonedInstant("start", _client.Zone);
        var end = json.OptionalZonedInstant("end", _client.Zone);
        var span = end is { } to && start != default && to != default ? to - start : (TimeSpan?)null;
        var spanHours = span is { } length ? Rounding.ToPlaces((decimal)length.Ticks / TimeSpan.TicksPerHour, 4) : (decimal?)null;
        if (spanHours is <= 0 or > MostHours)
            json.Problem("end", "a time after start, by at most 1000 hours");

        var hours = end is null ? json.Number("hours", 0, MostHours) : json.OptionalNumber("hours", 0, MostHours) ?? Math.Clamp(spanHours ?? 0, 0, MostHours);
        if (spanHours is > 0 && hours > spanHours)
            json.Problem("hours", "at most the hours from start to end");

        var (person, role) = (json.OptionalText("person") ?? "Technician", json.OptionalText("role"));
        var project = json.OptionalText("project");
        return new TimeEntry
        {
            Id = CaseFile.Id(RecordKind.Time, id),
            CompanyId = _client.CompanyId,
            CompanyName = _client.Company.Name,
            AgreementId = Agreement(json),
            TechnicianId = person,
            TechnicianName = person,
            RoleName = role,
            WorkType = json.OptionalText("workType"),
            Start = start,
            End = end,
            Hours = hours,
            Option = json.Option(),
            Status = json.OptionalText("status") ?? CaseClient.ApprovedStatus,
            TicketId = json.OptionalText("ticket"),
            TicketSummary = json.OptionalText("summary"),
            Board = json.OptionalText("board"),
            ProjectId = ProjectId(project),
            ProjectName = project,
            PhaseName = json.OptionalText("phase"),
            Notes = json.OptionalText("notes"),
            Tags = json.Tags(),
        };
    }

    private UsageRecord Usage(JsonRecord json, string id)
    {
        var service = json.Text("service");
        var sku = json.OptionalText("sku") ?? service;
        var account = json.OptionalText("account") ?? "default";
        return new UsageRecord
        {
            Id = CaseFile.Id(RecordKind.Usage, id),
            Provider = json.OptionalText("provider") ?? "Cloud",
            SubAccountId = account,
            SubAccountName = account,
            Category = json.OptionalText("category") ?? "Usage",
            Service = service,
            Sku = sku,
            Description = json.OptionalText("description") ?? sku,
            Day = json.Date("day"),
            Quantity = json.OptionalNumber("quantity") ?? 1,
            Unit = json.OptionalText("unit"),
            Subject = json.OptionalText("subject"),
            Cost = json.OptionalNumber("cost") ?? 0,
            Currency = json.OptionalCurrency("currency") ?? _client.Currency,
            Tags = json.Tags(),
        };
    }

    /// <summary>A quantity writes as many devices as it says.</summary>
    private List<Device> Devices(JsonRecord json, string id)
    {
        var (type, name) = (json.Text("type"), json.OptionalText("name"));
        var quantity = json.OptionalWhole("quantity", 1, MostDevices) ?? 1;
        var first = new Device
        {
            Id = CaseFile.Id(RecordKind.Device, id),
            CompanyId = _client.CompanyId,
            CompanyName = _client.Company.Name,
            Name = name ?? type,
            DeviceType = type,
            SerialNumber = json.OptionalText("serialNumber"),
            IsActive = json.FlagUnlessFalse("active"),
            IsBilled = json.FlagUnlessFalse("billed"),
            InstalledOn = json.OptionalDate("installedOn"),
            Tags = json.Tags(),
        };
        return quantity == 1
            ? [first]
            :
            [
                .. Enumerable.Range(1, (int)quantity).Select(i => first with
                {
                    Id = CaseFile.Id(RecordKind.Device, string.Create(CultureInfo.InvariantCulture, $"{id}/{i}")),
                    Name = string.Create(CultureInfo.InvariantCulture, $"{first.Name} {i}"),
                }),
            ];
    }

    private Addition Addition(JsonRecord json, string id)
    {
        var sku = json.Text("sku");
        return new Addition
        {
            Id = CaseFile.Id(RecordKind.Addition, id),
            AgreementId = Agreement(json) ?? OnlyAgreement(json),
            Sku = sku,
            Description = json.OptionalText("description") ?? sku,
            Quantity = json.OptionalNumber("quantity") ?? 1,
            LessIncluded = json.OptionalNumber("lessIncluded", 0) ?? 0,
            UnitPrice = json.Number("unitPrice"),
            UnitCost = json.OptionalNumber("unitCost") ?? 0,
            Option = json.Option(BillingOption.Billable),
            InForce = json.InForce(),
            Prorate = json.FlagUnlessFalse("prorate"),
            Tags = json.Tags(),
        };
    }

    private Milestone Milestone(JsonRecord json, string id)
    {
        var (project, completedOn) = (json.Text("project"), json.OptionalDate("completedOn"));

        // In a close it would be no client's work.
        if (project.Length > 0 && _projects.Named(project) is null)
            json.Problem("project", "a project of this case" + (_projects.Count == 0 ? "; list it under projects" : ": " + string.Join(", ", _projects.Select(p => p.Name))));

        return new Milestone
        {
            Id = CaseFile.Id(RecordKind.Milestone, id),
            ProjectId = ProjectId(project) ?? project,
            Name = json.Text("name"),
            IsCompleted = completedOn is not null || json.Flag("completed"),
            CompletedOn = completedOn,
            Amount = json.OptionalNumber("amount"),
            Option = json.Option(),
            Tags = json.Tags(),
        };
    }

    private Expense Expense(JsonRecord json, string id) => new()
    {
        Id = CaseFile.Id(RecordKind.Expense, id),
        CompanyId = _client.CompanyId,
        CompanyName = _client.Company.Name,
        AgreementId = Agreement(json),
        Day = json.Date("day"),
        Description = json.Text("description"),
        Sku = json.OptionalText("sku"),
        TechnicianName = json.OptionalText("person"),
        TicketId = json.OptionalText("ticket"),
        ProjectId = ProjectId(json.OptionalText("project")),
        Quantity = json.OptionalNumber("quantity") ?? 1,
        UnitPrice = json.OptionalNumber("unitPrice"),
        UnitCost = json.OptionalNumber("unitCost"),
        Currency = json.OptionalCurrency("currency") ?? _client.Currency,
        Option = json.Option(),
        Tags = json.Tags(),
    };

    private Count Count(JsonRecord json, string id)
    {
        var sku = json.Text("sku");
        return new Count
        {
            Id = CaseFile.Id(RecordKind.Count, id),
            CompanyId = _client.CompanyId,
            CompanyName = _client.Company.Name,
            Sku = sku,
            Description = json.OptionalText("description") ?? sku,
            Day = json.Date("day"),
            Quantity = json.Number("quantity", 0),
            Subject = json.OptionalText("subject"),
            Tags = json.Tags(),
        };
    }

    /// <summary>What is billed under the name; the name itself where the case has no such agreement.</summary>
    private string? Agreement(JsonRecord json) => json.OptionalText("agreement") is { } name ? _agreements.Named(name)?.BilledAs ?? name : null;

    private string OnlyAgreement(JsonRecord json)
    {
        if (_agreements is [var only])
            return only.BilledAs;

        json.Problem("agreement", "the agreement that it is on" + (_agreements.Count == 0 ? "" : ": " + string.Join(", ", _agreements.Select(a => a.Name))));
        return "";
    }

    private string? ProjectId(string? name) => name is null ? null : _projects.Named(name)?.Id.ExternalId ?? name;
}
