using MspBilling.Adapters.Storage;
using MspBilling.Core;
using MspBilling.Core.Capture;
using MspBilling.Core.Time;
using Xunit;

namespace MspBilling.Tests.Storage;

public sealed class KeysTests(AzuriteFixture azurite)
{
    private const string Hostile = "a/b\\c#d?e%|}é\u0001";
    private static readonly Period September = Period.Month(2024, 9);
    private static readonly string Long = new('x', 2000);

    // What is stored is found by these: a key that changes loses what was stored.
    [Fact]
    public void Keys_KnownIds_AreExactlyThese()
    {
        var time = new RecordId("connectwise", RecordKind.Time, "90001");

        Assert.Equal("cw-250|2024-09", Keys.ActivityPartition("cw-250", September));
        Assert.Equal("cw-250|standing", Keys.ActivityPartition("cw-250", null));
        Assert.Equal("-|2024-09", Keys.ActivityPartition("-", September));
        Assert.Equal("Time|connectwise|90001", Keys.ActivityRow(time));
        Assert.Equal("connectwise|Time|90", Keys.LocationPartition(time));
        Assert.Equal("90001", Keys.LocationRow(time));
        Assert.Equal("focus|Usage|x2d", Keys.LocationPartition(new RecordId("focus", RecordKind.Usage, "x")));
        Assert.Equal("Company", Keys.ReferencePartition(RecordKind.Company));
        Assert.Equal("connectwise|250", Keys.ReferenceRow(new RecordId("connectwise", RecordKind.Company, "250")));
        Assert.Equal("2024-09", Keys.BillPartition(September));
        Assert.Equal("cw-250|C", Keys.ClientRow("cw-250"));
        Assert.Equal("cw-250|I|EUR", Keys.InvoiceRow("cw-250", Currency.Of("EUR"), null));
        Assert.Equal("cw-250|O|EUR", Keys.OutboxRow("cw-250", Currency.Of("EUR"), null, null));
        Assert.Equal("cw-250|O|EUR|CN-000001", Keys.OutboxRow("cw-250", Currency.Of("EUR"), "CN-000001", null));
        Assert.Equal("cw-250|I|EUR|PO!2F1", Keys.InvoiceRow("cw-250", Currency.Of("EUR"), "PO/1"));
        Assert.Equal("cw-250|O|EUR|part|PO!2F1", Keys.OutboxRow("cw-250", Currency.Of("EUR"), null, "PO/1"));
        Assert.Equal(("cw-250|W|EUR|halopsa", "cw-250|W|EUR|halopsa|101"), (Keys.WriteBackRow("cw-250", Currency.Of("EUR"), "halopsa", null), Keys.WriteBackRow("cw-250", Currency.Of("EUR"), "halopsa", "101")));
        Assert.Equal("cw-250|N|CN-000001", Keys.CreditNoteRow("cw-250", "CN-000001"));
        Assert.Equal(("L|cw-250", "E|0000000012"), (Keys.LedgerPartition("cw-250"), Keys.LedgerRow(12)));
        Assert.Equal("cw-250|H|Time|connectwise|90001", Keys.HoldRow("cw-250", time));
        Assert.Equal(("cw-250|", "cw-250}"), Keys.RowsOf("cw-250"));
        Assert.Equal(("A|2024-09|", "A|2024-09}"), Keys.AssignmentsOf(NumberedDocument.Invoice, September));
        Assert.Equal(("B|2024-09|", "B|2024-09}"), Keys.AssignmentsOf(NumberedDocument.CreditNote, September));
        Assert.Equal(("counter", "counter|dollars!7C2024"), (Keys.CounterRow("invoices"), Keys.CounterRow("dollars|2024")));
        Assert.Equal(("-|", "-}"), Keys.UnassignedPartitions());
        Assert.Equal("N|HL-002041", Keys.NumberRow("HL-002041"));
        Assert.Equal("A|2024-09|cw-250|EUR", Keys.AssignmentRow(NumberedDocument.Invoice, September, "cw-250", Currency.Of("EUR"), null));
        Assert.Equal("A|2024-09|cw-250|EUR|PO!201", Keys.AssignmentRow(NumberedDocument.Invoice, September, "cw-250", Currency.Of("EUR"), "PO 1"));
        Assert.Equal("2024-09/cw-250/abc.json", Keys.BillBlob(September, "cw-250", "abc"));
        Assert.Equal("2024-09/HL-002041.pdf", Keys.PdfBlob(September, "HL-002041"));
        Assert.Equal("xero/2024-09/HL-002041.csv", Keys.AccountingFileBlob("xero", September, "HL-002041"));
    }

    [Fact]
    public void Id_Hostile_IsEscapedWithoutAnythingThatKeysForbid() =>
        Assert.Equal("N|a!2Fb!5Cc!23d!3Fe!25!7C!7D!C3!A9!01", Keys.NumberRow(Hostile));

    [Theory]
    [InlineData("a", "A")]
    [InlineData("a|b", "a!7Cb")]
    [InlineData("", " ")]
    [InlineData("é", "e\u0301")]
    public void Id_Different_HasDifferentKeys(string one, string other) => Assert.NotEqual(Keys.NumberRow(one), Keys.NumberRow(other));

    [Fact]
    public void Id_LongAndAlikeForTwoThousandCharacters_HasShortKeysOfItsOwn()
    {
        var (one, other) = (Keys.NumberRow(Long + "1"), Keys.NumberRow(Long + "2"));

        Assert.NotEqual(one, other);
        Assert.InRange(one.Length, 100, 402);
        Assert.Equal(one, Keys.NumberRow(Long + "1"));
    }

    [Fact]
    public void Id_WrittenLikeTheCutFormOfALongOne_HasAKeyOfItsOwn()
    {
        var cut = Keys.NumberRow(Long)[2..];

        Assert.NotEqual(Keys.NumberRow(Long), Keys.NumberRow(cut));
    }

    // Row keys hold 1,024 characters (scalability targets of Table storage); the longest key has three ids from outside.
    [Fact]
    public void HoldRow_ThreeLongestIds_FitsIntoARowKey() =>
        Assert.InRange(Keys.HoldRow(Long, new RecordId(Long, RecordKind.MspSettings, Long)).Length, 1, 1024);

    [Theory]
    [InlineData(Hostile)]
    [InlineData("")]
    [InlineData("it's")]
    [InlineData("..")]
    [InlineData("\U0001F600")]
    [InlineData("long")]
    public async Task Row_HostileIds_IsStoredAndFound(string id)
    {
        await using var storage = await azurite.CreateAsync();
        var token = TestContext.Current.CancellationToken;
        var external = id == "long" ? Long : id;
        var records = storage.Get<RecordStore>();
        var company = Captured.Company(external);

        await records.StoreReferencesAsync([company], "payload", token);
        await records.StoreActivitiesAsync([Captured.Time(external, external)], Captured.Directory(external), "payload", Captured.Untold, token);

        Assert.Equal(company.Id, Assert.Single(await records.ReferencesAsync(RecordKind.Company, token)).Id);
        Assert.Equal(external, Assert.Single((await records.ActivitiesAsync("cw-" + external, September, token)).Activities).Id.ExternalId);
    }
}
