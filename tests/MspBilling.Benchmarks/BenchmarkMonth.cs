using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;

namespace MspBilling.Benchmarks;

/// <summary>The month of the client of <see cref="BenchmarkAgreements"/>, of any size.</summary>
/// <remarks>
/// <para>
/// Of 1,000 activities 400 are time, 490 metered use, 40 counts, 40 devices, 18 expenses, 10 additions and 2 milestones. A tenth of the time and of the use
/// is changed by a custom rule. Technicians, tickets and accounts grow with the month: four entries to a ticket, about 160 to a technician. So do the
/// lines, 13 for each 1,000 activities from 300,000 on; of 10,000 there are 25, because a line that all months have weighs more there.
/// </para>
/// <para>
/// They come in the order of their ids, as storage hands them over, and are read from JSON as storage reads them, which decides what texts they
/// share. Time is entered roughly in the order in which it was worked.
/// </para>
/// </remarks>
internal static class BenchmarkMonth
{
    public static readonly Period September = Period.Month(2024, 9);

    /// <summary>The month as a case to rate.</summary>
    public static RatingCase Case(int activities)
    {
        var client = BenchmarkAgreements.Directory.ClientOf(BenchmarkAgreements.ClientId).Client!;
        return new RatingCase(client, September, BenchmarkAgreements.Directory.AgreementsOf(client), BenchmarkAgreements.Directory, Activities(activities));
    }

    /// <param name="count">A multiple of 1,000 is the mix to the record.</param>
    public static Activity[] Activities(int count)
    {
        var (times, usages, counts, devices, expenses, additions) = (Share(count, 400), Share(count, 490), Share(count, 40), Share(count, 40), Share(count, 18), Share(count, 10));
        var milestones = count - times - usages - counts - devices - expenses - additions;
        return
        [
            .. Enumerable.Range(0, times).Select(i => Read(BenchmarkRecords.Time(i, times))),
            .. Enumerable.Range(0, additions).Select(i => Read(BenchmarkRecords.Addition(i))),
            .. Enumerable.Range(0, devices).Select(i => Read(BenchmarkRecords.Device(i))),
            .. Enumerable.Range(0, milestones).Select(i => Read(BenchmarkRecords.Milestone(i))),
            .. Enumerable.Range(0, usages).Select(i => Read(BenchmarkRecords.Usage(i))),
            .. Enumerable.Range(0, expenses).Select(i => Read(BenchmarkRecords.Expense(i))),
            .. Enumerable.Range(0, counts).Select(i => Read(BenchmarkRecords.Count(i))),
        ];
    }

    private static Activity Read(Activity activity) => (Activity)RecordJson.Deserialize<CapturedRecord>(RecordJson.Serialize<CapturedRecord>(activity));

    private static int Share(int count, int perThousand) => (int)((long)count * perThousand / 1_000);
}
