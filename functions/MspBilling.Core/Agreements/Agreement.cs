using MspBilling.Core.Time;

namespace MspBilling.Core.Agreements;

/// <summary>What a client and the MSP agreed, as dated versions that are never edited in place.</summary>
/// <remarks>
/// It comes from the MSP's own agreement form, or from a PSA agreement priced by the settings' lines of its type; rating does not know
/// which. Versions follow each other without gap or overlap. A version that begins within a billing period prices the days from its start.
/// </remarks>
public sealed record Agreement
{
    /// <summary>What captured work refers to: the PSA's id where it has one, else the agreement's own.</summary>
    public required string Id { get; init; }

    public required string ClientId { get; init; }

    public required string Name { get; init; }

    /// <summary>The PSA's agreement type; null in the MSP's own form.</summary>
    public string? TypeName { get; init; }

    /// <summary>Of every price in it. Its lines stand on an invoice of this currency.</summary>
    public required Currency Currency { get; init; }

    public string? PurchaseOrder { get; init; }

    /// <summary>Where it serves, by the name that the client knows; null for no single place.</summary>
    public string? Site { get; init; }

    /// <summary>The name of the calendar of the settings that tells its business hours and holidays; null is the standard one.</summary>
    public string? Calendar { get; init; }

    /// <summary>At least one, in the order of their days.</summary>
    public required IReadOnlyList<AgreementVersion> Versions { get; init; }

    /// <summary>What keeps it from being billed, in words for people, such as a fee that no line bills; null when it can be.</summary>
    public string? Problem { get; init; }

    /// <summary>Days it is in force, half-open.</summary>
    public Period Term => new(Versions[0].InForce.Start, Versions[^1].InForce.End);

    /// <summary>The version of a day; null outside the term.</summary>
    public AgreementVersion? On(DateOnly day)
    {
        foreach (var version in Versions)
        {
            if (version.InForce.Contains(day))
            {
                return version;
            }
        }

        return null;
    }
}

/// <summary>The terms of an agreement on the days it holds.</summary>
/// <param name="Number">Counts from 1; printed in explanations.</param>
/// <param name="InForce">Half-open.</param>
/// <param name="Lines">What it prices, in order: of two lines that match an activity the earlier prices it.</param>
/// <param name="Rules">Exceptions to the lines, in the order in which they are tried.</param>
public sealed record AgreementVersion(int Number, Period InForce, IReadOnlyList<AgreementLine> Lines, IReadOnlyList<CustomRule> Rules);

/// <summary>How agreements of one PSA type are priced.</summary>
/// <param name="Name">The PSA's agreement type.</param>
/// <param name="Lines">As an agreement's; a price that is left out is the PSA agreement's own.</param>
public sealed record AgreementType(string Name, IReadOnlyList<AgreementLine> Lines);
