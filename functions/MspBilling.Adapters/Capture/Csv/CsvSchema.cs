namespace MspBilling.Adapters.Capture.Csv;

/// <summary>A column that a format has.</summary>
/// <param name="Name">As the template writes it.</param>
/// <param name="IsRequired">In the header, and in each row a value.</param>
/// <param name="Aliases">Other names for it.</param>
internal sealed record CsvColumn(string Name, bool IsRequired, IReadOnlyList<string> Aliases)
{
    public static CsvColumn Required(string name, params IReadOnlyList<string> aliases) => new(name, true, aliases);

    public static CsvColumn Optional(string name, params IReadOnlyList<string> aliases) => new(name, false, aliases);
}

/// <summary>The columns of a format, of which the header has some in any order.</summary>
/// <remarks>
/// Names are told without regard to case, spaces and signs: <c>Start Time</c> is <c>start_time</c>. A column that is not known is refused, because a
/// misspelt one would be left out unseen and change a bill; one that is not meant to be read is named <c>x_</c> something.
/// </remarks>
/// <param name="OneOf">Of each of these at least one.</param>
internal sealed record CsvSchema(string Format, IReadOnlyList<CsvColumn> Columns, IReadOnlyList<IReadOnlyList<CsvColumn>> OneOf)
{
    private readonly Dictionary<string, CsvColumn> _byName = Columns.SelectMany(column => column.Aliases.Prepend(column.Name).Select(name => (Plain(name), column))).ToDictionary(StringComparer.Ordinal);

    /// <summary>A header and nothing else.</summary>
    public string Template => string.Join(',', Columns.Select(column => column.Name));

    public CsvColumn? Find(string name) => _byName.GetValueOrDefault(Plain(name));

    /// <summary>Whether a column is there to be passed over.</summary>
    public static bool IsPassedOver(string name) => name is ['x' or 'X', '_' or '-' or ' ', ..];

    /// <summary>Whether it could be the header of this format and has nothing else in it.</summary>
    public bool Fits(IReadOnlyCollection<string> header)
    {
        var columns = header.Where(name => name.Length > 0 && !IsPassedOver(name)).Select(Find).ToList();
        return !columns.Contains(null) && Columns.All(column => !column.IsRequired || columns.Contains(column)) && OneOf.All(some => some.Any(columns.Contains));
    }

    private static string Plain(string name) => string.Concat(name.Where(char.IsLetterOrDigit)).ToLowerInvariant();
}
