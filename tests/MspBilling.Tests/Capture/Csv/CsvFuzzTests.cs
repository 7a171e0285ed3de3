using System.Text;
using CsCheck;
using MspBilling.Adapters.Capture.CloudEvents;
using MspBilling.Adapters.Capture.Csv;
using MspBilling.Core.Capture;
using MspBilling.Tests.Capture.CloudEvents;
using Xunit;

namespace MspBilling.Tests.Capture.Csv;

/// <summary>CSV files and bodies of events that were damaged in any way are read or refused with words, and never end in an exception.</summary>
public sealed class CsvFuzzTests
{
    private static readonly (string FileName, byte[] Bytes)[] Files =
    [
        .. new[]
        {
            ("time.csv", "id;client;person;role;date;start;end;hours;billable;notes;tags\r\n1;CORRIB;Nora;Engineer;2024-09-18;09:00;10:30;1:30;yes;\"two\r\nlines\";a|b=c\r\n2;C;Q;;18.09.2024;;;1,25;no;;\r\n"),
            ("expenses.csv", "sep=,\nclient,date,description,quantity,unit price,unit cost,currency\nC,2024-09-30,\"SSD, \"\"fast\"\"\",2,\"€1.234,50\",75,EUR\nC,45553,x,=\"2\",1,,EUR\n"),
            ("counts.csv", "client\tproduct\tdate\tquantity\tsubject\nC\tM365\t2024-09-30\t42\t\n'001\tBKP\t30.09.2024\t1.000\tsrv-1\n"),
            ("agreements.csv", "agreement,client,currency,from,to,kind,line,service,quantity,price,cycle,role,markup percent\na,C,EUR,2024-01-01,,recurring,fee,Services,,1200,,,\na,C,EUR,2024-01-01,,time,,Support,,95,,Engineer,\na,C,EUR,2024-01-01,,usage,,Cloud,,,,,15\n"),
            ("export.csv", "client,person,date,hours\nC,P,2024-09-18,1\n"),
        }.SelectMany(file => new[] { (file.Item1, Encoding.UTF8.GetBytes(file.Item2)), (file.Item1, (byte[])[0xFF, 0xFE, .. Encoding.Unicode.GetBytes(file.Item2)]) }),
    ];

    private static readonly CsvDeclaration[] Declarations =
    [
        CsvImports.Berlin, new("de-DE", Zone: "Europe/Berlin"), new(Dates: "excel", Zone: "Asia/Kolkata", Currency: "EUR"), new(Zone: "Europe/Berlin", Encoding: "windows-1252"), new(),
    ];

    [Fact]
    public void Read_DamagedCsv_IsReadOrRefusedWithWords() =>
        Gen.Select(Gen.Int[0, Files.Length - 1], Gen.Int[0, Declarations.Length - 1], ImportFuzzTests.Damage.Array[0, 5]).Sample(
            (file, declaration, damages) =>
            {
                var bytes = damages.Aggregate(Files[file].Bytes, (damaged, damage) => damage(damaged));

                var result = CsvImports.Read(Files[file].FileName, bytes, Declarations[declaration]);

                Assert.True(result.Problems.Count == 0 || result.Records.Count == 0);
                Assert.All(result.Problems, problem => Assert.True(problem.Expected.Length > 5 && problem.Value is not { Length: > 80 }));
                Assert.All(result.Records, record => Assert.NotEmpty(RecordJson.ContentHash(record)));
            },
            iter: 20_000,
            threads: 1);

    [Fact]
    public void Read_DamagedEvents_AreReadOrRefusedWithWords() =>
        Gen.Select(Gen.Bool, ImportFuzzTests.Damage.Array[0, 4]).Sample(
            (isBatch, damages) =>
            {
                var body = Encoding.UTF8.GetBytes(isBatch ? $"[{UsageEvents.Usage("1")},\n{UsageEvents.Count("2")},{UsageEvents.Usage("3", cost: 1.5m)}]" : UsageEvents.Usage("1"));
                body = damages.Aggregate(body, (damaged, damage) => damage(damaged));

                var batch = isBatch ? UsageEventBatch.ReadBatch(body) : UsageEventBatch.ReadOne(body);

                Assert.True(batch.Problem is null || batch.Events.Count == 0);
                Assert.All(batch.Events, sent => Assert.True(sent.Activity is null ? sent.Problem is { Length: > 5 } : sent.Problem is null));
                var readable = batch.Events.Where(sent => sent.Activity is not null).ToList();
                var kept = MspBilling.Adapters.Capture.ImportReader.ReadPage("page", UsageEventBatch.Format, new MemoryStream(UsageEventBatch.Write(readable.Select(sent => sent.Json))));
                Assert.Equal(readable.Select(sent => RecordJson.ContentHash(sent.Activity!)), kept.Records.Select(RecordJson.ContentHash));
            },
            iter: 15_000,
            threads: 1);
}
