namespace MspBilling.Adapters.Documents;

/// <summary>A colour of the sRGB space, opaque.</summary>
internal readonly record struct Color(byte Red, byte Green, byte Blue)
{
    public static Color White { get; } = new(0xFF, 0xFF, 0xFF);

    public static Color Black { get; } = new(0, 0, 0);
}
