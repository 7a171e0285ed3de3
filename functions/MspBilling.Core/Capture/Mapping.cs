namespace MspBilling.Core.Capture;

/// <summary>What a source has a name of its own for.</summary>
public enum MappedThing
{
    /// <summary>A company of the PSA, by the source's id or name of it.</summary>
    Client,

    /// <summary>A company of the PSA, by a cloud provider's sub-account.</summary>
    Account,

    /// <summary>An agreement, by the source's id or name of it.</summary>
    Agreement,

    /// <summary>A work role, by the source's id or name of it.</summary>
    Role,

    /// <summary>A cloud service, as agreements name it.</summary>
    Service,

    /// <summary>What is sold and counted, by SKU.</summary>
    Product,
}

/// <summary>A source's name for something of ours, as a person confirmed it: confirmed once, used from then on for all that was and will be captured under that name.</summary>
/// <remarks>
/// Records keep the names that their source gave them; they are translated when they are read, so that another mapping translates them anew. A later
/// mapping of the same name replaces an earlier one by <see cref="CapturedRecord.Revision"/>, and one without <see cref="To"/> withdraws it.
/// </remarks>
public sealed record Mapping : CapturedRecord
{
    /// <summary>The source of every mapping: the MSP itself.</summary>
    public const string Msp = "msp";

    public required MappedThing What { get; init; }

    /// <summary>Whose name it is: the source of the records or, for accounts, services and products of a cloud, its provider.</summary>
    public required string Source { get; init; }

    /// <summary>The source's id or name, compared without regard to case.</summary>
    public required string From { get; init; }

    /// <summary>Ours: a client's id, an agreement's id, a work role's name, a service, a SKU. Null withdraws the mapping.</summary>
    public string? To { get; init; }

    /// <summary>Who confirmed it.</summary>
    public required string By { get; init; }

    public string? Why { get; init; }

    /// <summary>One mapping for each name of each source.</summary>
    public static RecordId IdOf(MappedThing what, string source, string from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return new RecordId(Msp, RecordKind.Mapping, string.Join('|', Enum.GetName(what)!.ToLowerInvariant(), Uri.EscapeDataString(source), Uri.EscapeDataString(from.ToUpperInvariant())));
    }
}
