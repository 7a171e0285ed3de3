using MspBilling.Adapters.Capture;
using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Rating;

/// <summary>A case's projects: each has a name, which is its id where it has none of its own.</summary>
internal static class CaseProjects
{
    public static IReadOnlyList<Project> Read(JsonRecord json, string companyId)
    {
        var projects = new List<Project>();
        foreach (var record in json.Records("projects"))
        {
            var name = record.Text("name");
            var project = new Project
            {
                Id = CaseFile.Id(RecordKind.Project, record.OptionalText("id") ?? name),
                Name = name,
                CompanyId = companyId,
                IsFixedFee = record.Flag("fixedFee"),
                PurchaseOrder = record.OptionalText("purchaseOrder"),
            };
            record.RefuseOthers();
            if (projects.Exists(other => other.Id == project.Id || other.Name == name))
                record.Problem(record.Has("id") ? "id" : "name", "each project once");
            else
                projects.Add(project);
        }

        return projects;
    }

    public static Project? Named(this IReadOnlyList<Project> projects, string text) =>
        projects.FirstOrDefault(project => project.Id.ExternalId == text) ?? projects.FirstOrDefault(project => project.Name == text);
}
