namespace MspBilling.Core.Documents.Labels;

/// <summary>French, with Canada's words, where prices are not told from those with TVA.</summary>
internal static class French
{
    public static InvoiceLabels Labels { get; } = new()
    {
        Invoice = "Facture",
        CreditNote = "Avoir",
        Draft = "BROUILLON",
        BillTo = "Facturé à",
        TaxNumber = "N° de TVA",
        InvoiceNumber = "Numéro de facture",
        InvoiceDate = "Date de facture",
        CreditNoteNumber = "Numéro d’avoir",
        CreditNoteDate = "Date d’avoir",
        CreditedInvoice = "Avoir sur la facture {0} du {1}",
        Reason = "Motif\u00A0: {0}",
        DueDate = "Date d’échéance",
        ServicePeriod = "Période de prestation",
        Reference = "Votre référence",
        Currency = "Devise",
        AmountDue = "Net à payer",
        AmountInYourFavour = "Montant en votre faveur",
        AmountCredited = "Montant crédité",
        Line = "N°",
        Description = "Désignation",
        Quantity = "Quantité",
        Unit = "Unité",
        UnitPrice = "Prix unitaire",
        Discount = "Remise",
        TaxRate = "Taux de taxe",
        Net = "Montant HT",
        Subtotal = "Sous-total",
        NetTotal = "Total HT",
        Discounts = "Remises",
        Total = "Total TTC",
        TaxOn = "{0} {1} sur {2}",
        PaidFromPrepayment = "Réglé par acompte {0}",
        PaidByCredit = "Réglé par avoir {0}",
        PaidAlready = "Déjà réglé {0}",
        Payment = "Règlement",
        Continued = "(suite)",
        CarriedForward = "À reporter",
        BroughtForward = "Report de la page précédente",
        Appendix = "Détail de cette facture",
        DetailBehindLine = "Détail de la ligne {0}\u00A0: {1}",
        Date = "Date",
        Who = "Intervenant",
        Treatment = "Traitement",
        Amount = "Montant",
        PageOf = "Page {0} sur {1}",
        Units = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["h"] = "h", ["day"] = "jour", ["month"] = "mois", ["year"] = "an", ["trip"] = "trajet", ["seat"] = "poste", ["licence"] = "licence",
            ["device"] = "appareil", ["user"] = "utilisateur", ["mailbox"] = "boîte", ["server"] = "serveur", ["unit"] = "unité", ["item"] = "pièce", ["limit"] = "plafond",
        },
        Statement = new()
        {
            Title = "Relevé de compte",
            StatementDate = "Date du relevé",
            Period = "Période",
            AccountIn = "Compte en {0}",
            Balance = "Solde",
            BalanceDue = "Solde à payer",
            OpeningBalance = "Solde initial",
            ClosingBalance = "Solde final",
            Entry = "Opération",
            PaymentReceived = "Paiement",
            PaymentReversed = "Paiement annulé",
            AccountCredit = "Crédit client",
            LateFee = "Pénalité de retard",
            WrittenOff = "Passé en perte",
            Ageing = "Solde par jours de retard",
            NotYetDue = "Non échu",
            Days1To30 = "1–30 jours",
            Days31To60 = "31–60 jours",
            Days61To90 = "61–90 jours",
            Over90 = "Plus de 90 jours",
            NothingOpen = "Aucune opération sur la période, et rien n’est dû.",
        },
    };

    public static InvoiceLabels Canadian { get; } = Labels with
    {
        TaxNumber = "N° de taxe", CreditNote = "Note de crédit", CreditNoteNumber = "Numéro de note de crédit", CreditNoteDate = "Date de note de crédit",
        CreditedInvoice = "Crédit sur la facture {0} du {1}", AmountDue = "Montant dû", Net = "Montant", NetTotal = "Sous-total", Total = "Total",
    };
}
