namespace MspBilling.Adapters.Capture;

/// <summary>A sum of decimals without any rounding, so that the order of adding cannot change it.</summary>
/// <remarks>
/// A decimal keeps 28 digits and rounds what does not fit, which differs by order. Whole numbers and the 28 places after the
/// point are added apart, as integers; only the finished sum is put back into one decimal.
/// </remarks>
internal struct ExactSum
{
    private const decimal PlacesAsOne = 1e28m;

    private Int128 _whole;
    private Int128 _places;

    public void Add(decimal value)
    {
        var whole = decimal.Truncate(value);
        checked
        {
            _whole += (Int128)whole;
            _places += (Int128)((value - whole) * PlacesAsOne);
        }
    }

    public readonly decimal Total
    {
        get
        {
            var (carried, places) = Int128.DivRem(_places, (Int128)PlacesAsOne);
            return (decimal)(_whole + carried) + ((decimal)places / PlacesAsOne);
        }
    }
}
