namespace MspBilling.Core.Documents.Labels;

/// <summary>German, with Austria's and Switzerland's words for what their law calls otherwise.</summary>
/// <remarks>A credit note is a Rechnungskorrektur: since 2013 Gutschrift on a document means that the customer bills itself (UStG § 14 Abs. 4 Nr. 10).</remarks>
internal static class German
{
    public static InvoiceLabels Labels { get; } = new()
    {
        Invoice = "Rechnung",
        CreditNote = "Rechnungskorrektur",
        Draft = "ENTWURF",
        BillTo = "Rechnungsempfänger",
        TaxNumber = "USt-IdNr.",
        InvoiceNumber = "Rechnungsnummer",
        InvoiceDate = "Rechnungsdatum",
        CreditNoteNumber = "Korrekturnummer",
        CreditNoteDate = "Korrekturdatum",
        CreditedInvoice = "Korrektur zur Rechnung {0} vom {1}",
        Reason = "Grund",
        DueDate = "Fällig am",
        ServicePeriod = "Leistungszeitraum",
        Reference = "Ihre Referenz",
        Currency = "Währung",
        AmountDue = "Zahlbetrag",
        AmountInYourFavour = "Betrag zu Ihren Gunsten",
        AmountCredited = "Gutgeschriebener Betrag",
        Line = "Pos.",
        Description = "Bezeichnung",
        Quantity = "Menge",
        Unit = "Einheit",
        UnitPrice = "Einzelpreis",
        Discount = "Rabatt",
        Net = "Nettobetrag",
        Subtotal = "Zwischensumme",
        NetTotal = "Summe netto",
        Discounts = "Rabatte",
        Total = "Gesamtbetrag",
        TaxOn = "{0} {1} auf {2}",
        PaidFromPrepayment = "Aus Vorauszahlung {0}",
        PaidByCredit = "Verrechnetes Guthaben {0}",
        PaidAlready = "Bereits bezahlt {0}",
        Payment = "Zahlung",
        Continued = "(Fortsetzung)",
        Appendix = "Einzelnachweis zu dieser Rechnung",
        DetailBehindLine = "Einzelnachweis zu Position {0}: {1}",
        Date = "Datum",
        Who = "Person",
        Treatment = "Abrechnung",
        Amount = "Betrag",
        PageOf = "Seite {0} von {1}",
        Statement = new()
        {
            Title = "Kontoauszug",
            StatementDate = "Auszugsdatum",
            Period = "Zeitraum",
            AccountIn = "Konto in {0}",
            Balance = "Saldo",
            BalanceDue = "Offener Saldo",
            OpeningBalance = "Anfangssaldo",
            ClosingBalance = "Endsaldo",
            Entry = "Vorgang",
            PaymentReceived = "Zahlung",
            PaymentReversed = "Rückbuchung",
            AccountCredit = "Guthaben",
            LateFee = "Mahngebühr",
            WrittenOff = "Ausgebucht",
            Ageing = "Offen nach Tagen der Überfälligkeit",
            NotYetDue = "Nicht fällig",
            Days1To30 = "1–30 Tage",
            Days31To60 = "31–60 Tage",
            Days61To90 = "61–90 Tage",
            Over90 = "Über 90 Tage",
            NothingOpen = "Keine Vorgänge in diesem Zeitraum, und nichts ist offen.",
        },
    };

    public static InvoiceLabels Austrian { get; } = Labels with { TaxNumber = "UID-Nr." };

    public static InvoiceLabels Swiss { get; } = Labels with { TaxNumber = "MWST-Nr.", CreditNote = "Gutschrift", CreditNoteNumber = "Gutschriftsnummer", CreditNoteDate = "Gutschriftsdatum", CreditedInvoice = "Gutschrift zur Rechnung {0} vom {1}" };
}
