namespace MspBilling.Core.Clients;

/// <summary>An address in its parts, as an electronic invoice wants it (EN 16931, BG-5 and BG-8); null for a part that is not known.</summary>
public sealed record PostalAddress
{
    /// <summary>Usually street and number.</summary>
    public string? Line1 { get; init; }

    public string? Line2 { get; init; }

    public string? Line3 { get; init; }

    public string? City { get; init; }

    public string? PostCode { get; init; }

    /// <summary>State, county or region.</summary>
    public string? Subdivision { get; init; }

    /// <summary>One of <see cref="CountryCodes"/>.</summary>
    public string? Country { get; init; }

    /// <summary>
    /// What the settings say over what the PSA says: an address with more than a country stands for itself, one with a country alone adds it.
    /// </summary>
    public PostalAddress Over(PostalAddress? other) => other is not null && this == new PostalAddress { Country = Country } ? other with { Country = Country ?? other.Country } : this;
}
