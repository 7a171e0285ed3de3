using MspBilling.Adapters.Capture;
using MspBilling.Core.Agreements;

namespace MspBilling.Adapters.Agreements;

/// <summary>Lines of the kind <c>milestones</c>.</summary>
internal static class MilestonesLines
{
    public static MilestonesLine Read(JsonRecord json, LineHead head)
    {
        var projects = new List<ProjectPrice>();
        foreach (var record in json.Records("projects"))
        {
            var project = Project(record);
            if (projects.Exists(other => string.Equals(other.Project, project.Project, StringComparison.OrdinalIgnoreCase)) && record.Has("project"))
                record.Problem("project", "each project once");
            projects.Add(project);
        }

        return new MilestonesLine { Id = head.Id, Service = head.Service, Description = head.Description, Match = head.Match, Projects = projects };
    }

    private static ProjectPrice Project(JsonRecord json)
    {
        var before = json.Problems;
        var project = new ProjectPrice(
            json.Text("project"),
            json.OptionalAbove0("price"),
            json.OptionalAbove0("deposit"),
            json.OptionalDate("depositOn"),
            json.OptionalNumber("cap", 0),
            Milestones(json));
        json.RefuseOthers();
        if (json.Problems == before)
            Check(json, project);
        return project;
    }

    private static void Check(JsonRecord json, ProjectPrice project)
    {
        var percentages = project.Milestones.Where(milestone => milestone.Percent is not null).ToList();
        if (percentages.Count > 0 && percentages.Count < project.Milestones.Count)
            json.Problem("milestones", "all percentages or all amounts");
        else if (percentages.Count > 0 && percentages.Sum(milestone => milestone.Percent) != 100)
            json.Problem("milestones", "percentages that make 100 together");

        if (percentages.Count > 0 && project.Price is null)
            json.Problem("price", "a price that the percentages are of");
        else if (percentages.Count == 0 && project.Price is not null)
            json.Problem("price", "no price, as the milestones are no percentages of it");

        if (project.Deposit is null != project.DepositOn is null)
            json.Problem(project.Deposit is null ? "deposit" : "depositOn", "deposit and depositOn together");
        if (project.Deposit > (project.Price ?? (percentages.Count == 0 && project.Milestones.Count > 0 ? project.Milestones.Sum(milestone => milestone.Amount) : null)))
            json.Problem("deposit", "at most what the project comes to");
        if (project is { Price: null, Deposit: null, Cap: null, Milestones.Count: 0 })
            json.Problem("milestones", "at least one of milestones, deposit, cap");
    }

    private static IReadOnlyList<MilestonePrice> Milestones(JsonRecord json) =>
        json.DistinctRecords("milestones", Milestone, milestone => milestone.Milestone, "milestone", "each milestone once", StringComparer.OrdinalIgnoreCase);

    private static MilestonePrice Milestone(JsonRecord json)
    {
        var milestone = new MilestonePrice(json.Text("milestone"), json.OptionalAbove0("amount"), json.OptionalAbove0("percent", 100));
        json.ExactlyOne("amount", "amount", "percent");
        return milestone;
    }
}
