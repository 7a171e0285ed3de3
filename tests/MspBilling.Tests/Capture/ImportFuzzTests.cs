using System.Text;
using CsCheck;
using MspBilling.Core.Capture;
using Xunit;

namespace MspBilling.Tests.Capture;

/// <summary>Files that were damaged in any way are read or refused, and never end in an exception.</summary>
public sealed class ImportFuzzTests
{
    private static readonly (string FileName, byte[] Bytes)[] Files =
    [
        .. new[]
        {
            ("time-entries.json", "[" + ImportFiles.TimeEntry + ",\n" + ImportFiles.TimeEntry.Replace("80121", "80122", StringComparison.Ordinal) + "]"),
            ("time-entries.json", "{\"hours\":\"hoursBilled\",\"timeEntries\":[" + ImportFiles.TimeEntry + "],\n\"tickets\":[{\"id\":41551,\"board\":{\"name\":\"Help Desk\"},\"_info\":{\"lastUpdated\":\"2026-08-03T15:45:00Z\"}}]}"),
            ("expense-entries.json", """{"currency":"USD","expenses":[{"id":612,"company":{"id":250,"name":"Contoso"},"amount":48.60,"date":"2026-08-03","status":"Open","currency":{"currencyCode":"EUR"}}]}"""),
            ("msp-settings.json", ImportFiles.Settings),
            ("finance-agreements.json", """[{"id":88,"name":"Gold","type":{"id":4,"name":"Managed"},"company":{"id":250},"startDate":"2026-01-01T00:00:00Z","endDate":"2026-12-31","cancelledFlag":true,"dateCancelled":"2026-06-01"}]"""),
            ("company-companies.json", """[{"id":250,"identifier":"C","name":"Contoso","types":[{"id":1,"name":"Client"}],"city":"Austin","state":"TX","country":{"id":1,"name":"USA"}}]"""),
            ("halopsa-projects.json", """{"record_count":1,"tickets":[{"id":60010,"summary":"Move","client_id":25.0,"last_update":"2026-08-13T09:00:00","milestones":[{"id":12,"name":"Cutover","milestone_value":4800.00,"processed_date":"1900-01-01T00:00:00","invoicenumber":""}]}]}"""),
            ("halopsa-actions.json", """[{"id":3,"ticket_id":41551,"datetime":"2026-08-03T15:40:00","who_agentid":17,"timetaken":1.6667,"nonbilltime":0.5,"traveltime":0.25,"chargerate":2,"actisbillable":true,"action_contract_id":-88,"actioninvoicenumber":""}]"""),
            ("focus.csv", ImportFiles.Focus(ImportFiles.FocusRow, ImportFiles.FocusRow.Replace("Storage", "\"Storage, \"\"hot\"\"\nand cold\"", StringComparison.Ordinal), ImportFiles.FocusRow) + "\r\n"),
            ("autotask-time-entries.json", """{"reading":{"timeZone":"America/New_York","internalCompanies":["0"]},"labels":{"Tickets.queueID":{"8":"Level 1"}},"timeEntries":[{"id":1,"resourceID":2,"ticketID":3,"contractID":4,"dateWorked":"2026-08-03T00:00:00Z","endDateTime":"2026-08-03T15:40:00Z","hoursWorked":1.67,"offsetHours":-0.5}],"tickets":[{"id":3,"companyID":250,"queueID":8}],"companies":[{"id":250,"companyName":"Contoso"}]}"""),
            ("autotask-contract-service-units.json", """{"contractServiceUnits":[{"id":1,"contractID":2,"contractServiceID":3,"serviceID":55,"startDate":"2026-08-01","endDate":"2026-08-15","units":42,"price":1108.80},{"id":2,"contractID":2,"contractServiceID":3,"serviceID":55,"startDate":"2026-08-15","endDate":"2026-09-14","units":45,"price":1188}],"services":[{"id":55,"name":"M365","unitPrice":30}]}"""),
            ("autotask-contracts.json", """{"labels":{"Contracts.contractType":{"7":"Recurring"}},"contracts":[{"id":2,"contractName":"Gold","companyID":250,"contractType":7,"startDate":"2026-01-01","endDate":"2026-12-31"}],"contractBlocks":[{"id":1,"contractID":2,"hours":10,"startDate":"2026-01-01","endDate":"2026-12-31"}]}"""),
            ("autotask-ticket-charges.json", """{"reading":{"currency":"USD","currencies":{"1":"EUR"}},"ticketCharges":[{"id":9,"name":"SSD","ticketID":3,"datePurchased":"2026-08-05","unitQuantity":2.0,"unitPrice":100.0,"unitCost":75.5}],"tickets":[{"id":3,"companyID":250}],"companies":[{"id":250,"companyName":"Contoso","currencyID":1}]}"""),
        }.Select(file => (file.Item1, Encoding.UTF8.GetBytes(file.Item2))),
    ];

    private static readonly byte[] Telling = Encoding.UTF8.GetBytes("\"\\,|{}[]:-+eE.0919\r\n \0uNUL").Concat<byte>([0xFF, 0xFE, 0xC3, 0xED, 0xA0, 0x80, 0xEF, 0xBB, 0xBF]).ToArray();

    /// <summary>Damage of any kind.</summary>
    internal static readonly Gen<Func<byte[], byte[]>> Damage = Gen.OneOf(
        Gen.Select(Gen.Int[0, 9_999], Gen.Byte, (at, value) => Replace(at, value)),
        Gen.Select(Gen.Int[0, 9_999], OneOf(Telling), (at, value) => Replace(at, value)),
        Gen.Select(Gen.Int[0, 9_999], OneOf(Telling), (at, value) => Splice(at, 0, [value])),
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[1, 300], (at, length) => Splice(at, length, [])),
        Gen.Int[0, 9_999].Select(at => Splice(at, int.MaxValue, [])),
        Gen.Select(Gen.Int[0, 9_999], Gen.Int[1, 300], (at, length) => Double(at, length)),
        Gen.Select(Gen.Int[0, 40], Gen.Int[0, 40], (one, other) => SwapLines(one, other)));

    [Fact]
    public void Read_DamagedFile_AlwaysGivesAResult() =>
        Gen.Select(OneOf(Files), Damage.Array[1, 6]).Sample(
            (file, damages) =>
            {
                var bytes = damages.Aggregate(file.Bytes, (damaged, damage) => damage(damaged));

                var result = ImportFiles.Read(file.FileName, bytes);

                Assert.True(result.Problems.Count == 0 || result.Records.Count == 0);
                Assert.InRange(result.Problems.Count, 0, ImportResult.MostProblems);
                Assert.All(result.Problems, problem => Assert.InRange(problem.Value?.Length ?? 0, 0, 80));
                Assert.All(result.Records, record => Assert.NotEmpty(RecordJson.ContentHash(record)));
            },
            iter: 5_000,
            threads: 1);

    private static Gen<T> OneOf<T>(T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Func<byte[], byte[]> Replace(int at, byte value) => bytes => bytes.Length == 0 ? bytes : Splice(at, 1, [value])(bytes);

    private static Func<byte[], byte[]> Splice(int at, int length, byte[] put) => bytes =>
    {
        var start = at % (bytes.Length + 1);
        return [.. bytes[..start], .. put, .. bytes[(start + Math.Min(length, bytes.Length - start))..]];
    };

    private static Func<byte[], byte[]> Double(int at, int length) => bytes =>
    {
        var start = at % (bytes.Length + 1);
        return Splice(start, 0, bytes[start..(start + Math.Min(length, bytes.Length - start))])(bytes);
    };

    private static Func<byte[], byte[]> SwapLines(int one, int other) => bytes =>
    {
        var lines = Encoding.Latin1.GetString(bytes).Split('\n');
        (lines[one % lines.Length], lines[other % lines.Length]) = (lines[other % lines.Length], lines[one % lines.Length]);
        return Encoding.Latin1.GetBytes(string.Join('\n', lines));
    };
}
