namespace MspBilling.Core.Clients;

/// <summary>How a supply is taxed, in the categories of EN 16931 (the codes of UNCL 5305 that it allows).</summary>
public enum TaxCategory
{
    /// <summary>At a rate above 0, reduced ones too.</summary>
    Standard,

    /// <summary>Taxable at 0 %.</summary>
    Zero,

    Exempt,

    /// <summary>The recipient owes the tax: Art. 196 of Directive 2006/112/EC for services to a business in another member state.</summary>
    ReverseCharge,

    /// <summary>Goods to a business in another member state: Art. 138 of the same.</summary>
    IntraCommunity,

    /// <summary>Leaves the territory of the tax.</summary>
    Export,

    /// <summary>Nothing that the tax is about, such as services to a business outside the European Union.</summary>
    OutsideScope,
}

public static class TaxCategoryCodes
{
    extension(TaxCategory category)
    {
        /// <summary>The code of BT-118 and BT-151: <c>S</c>, <c>Z</c>, <c>E</c>, <c>AE</c>, <c>K</c>, <c>G</c> or <c>O</c>.</summary>
        public string Code => category switch
        {
            TaxCategory.Standard => "S",
            TaxCategory.Zero => "Z",
            TaxCategory.Exempt => "E",
            TaxCategory.ReverseCharge => "AE",
            TaxCategory.IntraCommunity => "K",
            TaxCategory.Export => "G",
            TaxCategory.OutsideScope => "O",
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "There are seven categories."),
        };
    }
}
