namespace MspBilling.Core.Capture;

/// <summary>The mappings that are in force, by what they translate.</summary>
internal sealed class Mappings
{
    private readonly Dictionary<RecordId, Mapping> _byName;
    private readonly HashSet<string> _sources;

    public Mappings(IEnumerable<CapturedRecord> records)
    {
        _byName = records.OfType<Mapping>().Where(mapping => mapping.To is not null).ToDictionary(mapping => mapping.Id);
        _sources = [.. _byName.Values.Select(mapping => mapping.Source)];
    }

    public bool Has(string source) => _sources.Contains(source);

    public IEnumerable<Mapping> All => _byName.Values.OrderBy(mapping => mapping.Id.ExternalId, StringComparer.Ordinal);

    /// <summary>Our name, or null where nobody has confirmed one.</summary>
    public string? Find(MappedThing what, string source, string? from) =>
        from is null || !_sources.Contains(source) ? null : _byName.GetValueOrDefault(Mapping.IdOf(what, source, from))?.To;
}
