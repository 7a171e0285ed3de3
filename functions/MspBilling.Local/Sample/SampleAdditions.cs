namespace MspBilling.Local.Sample;

/// <summary>What is charged every month by count: seats, backup, protection, domains. A price is a catalogue's unless a row says otherwise.</summary>
internal static class SampleAdditions
{
    private static readonly DateOnly NewYear = new(2024, 1, 1);

    // Price and cost in euro, then in dollars.
    private static readonly Product[] Catalogue =
    [
        new(310, "M365-BP", "Microsoft 365 Business Premium", 20.60m, 16.48m, 22.00m, 17.60m),
        new(311, "M365-BB", "Microsoft 365 Business Basic", 5.60m, 4.48m, 6.00m, 4.80m),
        new(312, "M365-E3", "Microsoft 365 E3", 35.70m, 29.10m, 36.00m, 29.40m),
        new(313, "EXO-P1", "Exchange Online (Plan 1)", 3.70m, 2.96m, 4.00m, 3.20m),
        new(320, "BKP-SRV", "Server backup, 500 GB, 30 days kept", 65.00m, 31.50m, 72.00m, 34.00m),
        new(321, "BKP-M365", "Microsoft 365 backup, each mailbox", 3.20m, 1.35m, 3.50m, 1.45m),
        new(322, "BKP-GB", "Off-site backup storage, each GB", 0.125m, 0.043m, 0.135m, 0.046m),
        new(330, "EDR", "Endpoint detection and response", 6.40m, 3.10m, 6.90m, 3.30m),
        new(331, "MAIL-SEC", "E-mail filtering and link protection", 2.75m, 1.20m, 2.95m, 1.30m),
        new(332, "DNS-FILTER", "DNS filtering", 1.50m, 0.55m, 1.60m, 0.60m),
        new(333, "PHISH", "Phishing training", 2.10m, 0.80m, 2.25m, 0.85m),
        new(334, "PW-VAULT", "Password vault", 0.00m, 1.90m, 0.00m, 2.05m),
        new(340, "DOMAIN", "Domain and DNS hosting", 2.40m, 1.15m, 2.50m, 1.20m, Prorated: false),
        new(341, "FW-LIC", "Firewall security subscription", 48.00m, 33.00m, 52.00m, 36.00m, Prorated: false),
        new(342, "SIP", "Phone extension with calls", 11.50m, 6.20m, 12.50m, 6.80m),
    ];

    private static readonly Addition[] All =
    [
        new(5501, 101, "M365-BP", 34), new(5502, 101, "M365-BB", 12), new(5503, 101, "EDR", 46), new(5504, 101, "BKP-SRV", 3), new(5505, 101, "MAIL-SEC", 46),
        new(5506, 101, "DOMAIN", 2), new(5507, 101, "FW-LIC", 1),
        // One more seat from the 14th: a row of its own, 17 of 30 days.
        new(5508, 101, "M365-BP", 1, From: new DateOnly(2024, 9, 14)),
        new(5510, 102, "M365-BP", 18), new(5511, 102, "EDR", 18), new(5512, 102, "DOMAIN", 3),
        new(5515, 103, "BKP-GB", 640),
        new(5520, 104, "M365-BB", 14, From: new DateOnly(2024, 9, 12)), new(5521, 104, "EDR", 9, From: new DateOnly(2024, 9, 12)),
        new(5522, 104, "SIP", 6, From: new DateOnly(2024, 9, 12)),
        new(5525, 105, "M365-BP", 22), new(5526, 105, "EDR", 24), new(5527, 105, "BKP-M365", 22), new(5528, 105, "DOMAIN", 1),
        // Given up on the 20th: 19 of 30 days, or 20 when the day itself still counts.
        new(5529, 105, "PHISH", 22, Cancelled: new DateOnly(2024, 9, 20)),
        // The old agreement's seats ended with it.
        new(5530, 106, "M365-BP", 26, From: new DateOnly(2021, 9, 1), Cancelled: new DateOnly(2024, 8, 31)),
        new(5531, 106, "EDR", 28, From: new DateOnly(2021, 9, 1), Cancelled: new DateOnly(2024, 8, 31)),
        new(5532, 107, "M365-BP", 27, From: new DateOnly(2024, 9, 1)), new(5533, 107, "EDR", 29, From: new DateOnly(2024, 9, 1)),
        new(5534, 107, "BKP-SRV", 2, From: new DateOnly(2024, 9, 1)), new(5535, 107, "MAIL-SEC", 27, From: new DateOnly(2024, 9, 1)),
        new(5540, 108, "M365-BB", 31), new(5541, 108, "M365-BP", 8), new(5542, 108, "BKP-SRV", 2), new(5543, 108, "SIP", 14),
        // 400 GB, of which the agreement includes 150.
        new(5544, 108, "BKP-GB", 400, LessIncluded: 150),
        // A courtesy for the trouble in July: it costs, and is not charged.
        new(5545, 108, "DNS-FILTER", 39, BillCustomer: "NoCharge"),
        new(5550, 109, "M365-E3", 25), new(5551, 109, "EDR", 33), new(5552, 109, "BKP-SRV", 4), new(5553, 109, "BKP-M365", 25), new(5554, 109, "DOMAIN", 4),
        new(5555, 109, "FW-LIC", 2),
        // Comes with Gold at no price, yet costs 1.90 a seat.
        new(5556, 109, "PW-VAULT", 25),
        new(5560, 110, "M365-BP", 16), new(5561, 110, "EXO-P1", 9), new(5562, 110, "EDR", 20), new(5565, 111, "BKP-GB", 1_250),
        new(5570, 112, "M365-BP", 41), new(5571, 112, "EXO-P1", 17), new(5572, 112, "EDR", 58), new(5573, 112, "BKP-SRV", 5), new(5574, 112, "MAIL-SEC", 58),
        new(5575, 112, "FW-LIC", 4),
        // Ordered in September for October.
        new(5576, 112, "M365-BP", 3, From: new DateOnly(2024, 10, 1)),
        new(5580, 113, "M365-BB", 19), new(5581, 113, "EDR", 11), new(5582, 113, "DOMAIN", 2), new(5585, 114, "BKP-GB", 300),
        new(5590, 115, "M365-E3", 52), new(5591, 115, "EDR", 71), new(5592, 115, "BKP-SRV", 6), new(5593, 115, "PHISH", 52), new(5594, 115, "DNS-FILTER", 71),
        new(5600, 116, "M365-BP", 24), new(5601, 116, "EDR", 27), new(5602, 116, "BKP-M365", 24), new(5603, 116, "DOMAIN", 2),
        // An old seat price, agreed for as long as the client stays.
        new(5604, 116, "EXO-P1", 6, Price: 3.25m),
    ];

    public static SampleFile File() => SampleJson.Array("finance-agreements-additions.json", All.Select(Record));

    private static object Record(Addition addition)
    {
        var agreement = SampleAgreements.Numbered(addition.AgreementId);
        var product = Catalogue.Single(each => each.Sku == addition.Sku);
        var dollars = agreement.Company.Place.InAmerica;
        var price = addition.Price ?? (dollars ? product.Dollars : product.Euros);
        var cost = dollars ? product.CostInDollars : product.CostInEuros;
        var from = addition.From ?? NewYear;
        return new
        {
            addition.Id,
            addition.AgreementId,
            Product = new { product.Id, Identifier = product.Sku },
            addition.Quantity,
            addition.LessIncluded,
            UnitPrice = price,
            UnitCost = cost,
            addition.BillCustomer,
            EffectiveDate = SampleJson.Instant(from),
            CancelledDate = addition.Cancelled is { } cancelled ? SampleJson.Instant(cancelled) : null,
            TaxableFlag = true,
            InvoiceDescription = product.Description,
            Uom = product.Sku == "BKP-GB" ? "GB" : "Each",
            ExtPrice = (addition.Quantity - addition.LessIncluded) * price,
            ExtCost = addition.Quantity * cost,
            ProrateCurrentPeriodFlag = product.Prorated,
            AgreementStatus = agreement.Status,
            _info = SampleJson.RevisedOn(addition.Cancelled ?? (from > new DateOnly(2024, 9, 1) ? from.AddDays(-1) : from), "NKELLY"),
        };
    }

    private sealed record Product(
        int Id, string Sku, string Description, decimal Euros, decimal CostInEuros, decimal Dollars, decimal CostInDollars, bool Prorated = true);

    private sealed record Addition(
        int Id, int AgreementId, string Sku, decimal Quantity, decimal LessIncluded = 0, string BillCustomer = "Billable",
        DateOnly? From = null, DateOnly? Cancelled = null, decimal? Price = null);
}
