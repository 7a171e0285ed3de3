using System.Text.Json.Serialization;

namespace MspBilling.Core.Capture;

/// <summary>Anything that an import brings in: one record of one source, at one revision.</summary>
/// <remarks>
/// Records are neutral: what a vendor calls things stays in the vendor's connector. They are kept as JSON, and the hash of
/// that JSON (<see cref="RecordJson.ContentHash"/>) tells a new revision from a repeat.
/// </remarks>
[JsonDerivedType(typeof(MspSettings), "msp-settings")]
[JsonDerivedType(typeof(Company), "company")]
[JsonDerivedType(typeof(PsaAgreement), "agreement")]
[JsonDerivedType(typeof(AgreementRoleRate), "agreement-role-rate")]
[JsonDerivedType(typeof(WorkRole), "work-role")]
[JsonDerivedType(typeof(Technician), "technician")]
[JsonDerivedType(typeof(Ticket), "ticket")]
[JsonDerivedType(typeof(Project), "project")]
[JsonDerivedType(typeof(TimeEntry), "time")]
[JsonDerivedType(typeof(Addition), "addition")]
[JsonDerivedType(typeof(Device), "device")]
[JsonDerivedType(typeof(Milestone), "milestone")]
[JsonDerivedType(typeof(UsageRecord), "usage")]
[JsonDerivedType(typeof(Expense), "expense")]
[JsonDerivedType(typeof(Count), "count")]
[JsonDerivedType(typeof(AgreementDocument), "agreement-document")]
[JsonDerivedType(typeof(Mapping), "mapping")]
[JsonDerivedType(typeof(UsageExport), "usage-export")]
[JsonDerivedType(typeof(Acceptance), "acceptance")]
[JsonDerivedType(typeof(Decision), "decision")]
[JsonDerivedType(typeof(DraftEdit), "draft-edit")]
public abstract record CapturedRecord
{
    public required RecordId Id { get; init; }

    /// <summary>When the source last changed the record. Null where the source does not say; then what arrives last wins.</summary>
    public DateTimeOffset? Revision { get; init; }

    /// <summary>Whether it is a person's word about one period, which prices no other and is never out of date.</summary>
    public virtual bool IsOfOnePeriod => false;
}

/// <summary>The identity of a captured record: who told us, what it is, and the source's own id.</summary>
/// <param name="Source">For example <c>connectwise</c>, <c>focus</c>, <c>msp</c>.</param>
/// <param name="Kind">What it is.</param>
/// <param name="ExternalId">The source's id; for sources without ids, made of the fields that identify the record.</param>
public readonly record struct RecordId(string Source, RecordKind Kind, string ExternalId)
{
    public override string ToString() => $"{Source}/{Kind}/{ExternalId}";

    /// <summary>Reads what <see cref="ToString"/> wrote; a source may have slashes of its own.</summary>
    public static RecordId? Parse(string? text)
    {
        var parts = (text ?? "").Split('/');
        for (var i = 1; i < parts.Length - 1; i++)
        {
            if (Enum.TryParse<RecordKind>(parts[i], out var kind) && kind.ToString() == parts[i])
            {
                var id = new RecordId(string.Join('/', parts[..i]), kind, string.Join('/', parts[(i + 1)..]));
                return id.Source.Length > 0 && id.ExternalId.Length > 0 ? id : null;
            }
        }

        return null;
    }
}

public enum RecordKind
{
    MspSettings,
    Company,
    Agreement,
    AgreementRoleRate,
    WorkRole,
    Technician,
    Ticket,
    Project,
    Time,
    Addition,
    Device,
    Milestone,
    Usage,
    Expense,
    Count,
    AgreementDocument,
    Mapping,
    UsageExport,
    Acceptance,
    Decision,
    DraftEdit,
}
