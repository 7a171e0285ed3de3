namespace MspBilling.Core.Documents.Labels;

/// <summary>Spanish, with Mexico's words for what its law calls otherwise.</summary>
/// <remarks>A credit note is a factura rectificativa (Real Decreto 1619/2012, art. 15); in Mexico it is a nota de crédito.</remarks>
internal static class Spanish
{
    public static InvoiceLabels Labels { get; } = new()
    {
        Invoice = "Factura",
        CreditNote = "Factura rectificativa",
        Draft = "BORRADOR",
        BillTo = "Facturado a",
        TaxNumber = "NIF",
        InvoiceNumber = "Número de factura",
        InvoiceDate = "Fecha de factura",
        CreditNoteNumber = "Número de rectificativa",
        CreditNoteDate = "Fecha de rectificativa",
        CreditedInvoice = "Rectifica la factura {0} del {1}",
        Reason = "Motivo",
        DueDate = "Fecha de vencimiento",
        ServicePeriod = "Periodo de servicio",
        Reference = "Su referencia",
        Currency = "Moneda",
        AmountDue = "Importe a pagar",
        AmountInYourFavour = "Importe a su favor",
        AmountCredited = "Importe abonado",
        Line = "N.º",
        Description = "Concepto",
        Quantity = "Cantidad",
        Unit = "Unidad",
        UnitPrice = "Precio unitario",
        Discount = "Descuento",
        Net = "Importe neto",
        Subtotal = "Subtotal",
        NetTotal = "Base imponible",
        Discounts = "Descuentos",
        Total = "Total",
        TaxOn = "{0} {1} sobre {2}",
        PaidFromPrepayment = "Pagado con anticipo {0}",
        PaidByCredit = "Pagado con saldo a favor {0}",
        PaidAlready = "Ya pagado {0}",
        Payment = "Pago",
        Continued = "(continuación)",
        Appendix = "Detalle de esta factura",
        DetailBehindLine = "Detalle de la línea {0}: {1}",
        Date = "Fecha",
        Who = "Persona",
        Treatment = "Tratamiento",
        Amount = "Importe",
        PageOf = "Página {0} de {1}",
        Statement = new()
        {
            Title = "Estado de cuenta",
            StatementDate = "Fecha del estado",
            Period = "Periodo",
            AccountIn = "Cuenta en {0}",
            Balance = "Saldo",
            BalanceDue = "Saldo pendiente",
            OpeningBalance = "Saldo inicial",
            ClosingBalance = "Saldo final",
            Entry = "Movimiento",
            PaymentReceived = "Pago",
            PaymentReversed = "Pago anulado",
            AccountCredit = "Saldo a favor",
            LateFee = "Recargo por demora",
            WrittenOff = "Dado de baja",
            Ageing = "Pendiente por días de retraso",
            NotYetDue = "No vencido",
            Days1To30 = "1–30 días",
            Days31To60 = "31–60 días",
            Days61To90 = "61–90 días",
            Over90 = "Más de 90 días",
            NothingOpen = "Sin movimientos en este periodo y nada pendiente.",
        },
    };

    public static InvoiceLabels Mexican { get; } = Labels with
    {
        TaxNumber = "RFC", CreditNote = "Nota de crédito", CreditNoteNumber = "Número de nota de crédito", CreditNoteDate = "Fecha de nota de crédito",
        CreditedInvoice = "Crédito sobre la factura {0} del {1}", NetTotal = "Subtotal",
    };
}
