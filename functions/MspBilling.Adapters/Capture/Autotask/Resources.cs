using MspBilling.Core.Capture;

namespace MspBilling.Adapters.Capture.Autotask;

/// <summary><c>Resources</c></summary>
/// <remarks>Those that are not active stay, as their time does. An internal cost of 0 is one that nobody entered: then the cost is not known.</remarks>
internal static class Resources
{
    public static Technician Read(AutotaskRow row, AutotaskPage page) => new()
    {
        Id = row.RecordId(RecordKind.Technician),
        Name = NameOf(row) ?? row.OptionalText("userName") ?? "resource " + row.IdText("id"),
        RoleName = page.Find("roles", row.Id("defaultServiceDeskRoleID"))?.OptionalText("name"),
        HourlyCost = row.Number("internalCost", 0) is > 0 and var cost ? cost : null,
        IsInactive = !row.Flag("isActive"),
    };

    public static string? NameOf(AutotaskRow row)
    {
        var name = string.Join(' ', new[] { row.OptionalText("firstName"), row.OptionalText("lastName") }.OfType<string>());
        return name.Length > 0 ? name : null;
    }
}
