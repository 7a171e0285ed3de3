using MspBilling.Core.Agreements;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;
using Xunit;

namespace MspBilling.Tests.Rating.Metered;

public sealed class AggregationsTests
{
    private static readonly Period FourDays = Days.Between("2024-02-27", "2024-03-02"); // over the leap day

    public static TheoryData<Aggregation, string, string> Readings => new()
    {
        // Aggregation; day:quantity:subject, with days counted from 1; quantity.
        { Aggregation.Sum, "1:10 3:30 3:20", "60" },
        { Aggregation.Sum, "1:10 2:-4", "6" },
        { Aggregation.Sum, "1:0.1 1:0.2", "0.3" },
        { Aggregation.Sum, "", "0" },
        { Aggregation.Sum, "0:100 1:10 5:100", "10" }, // outside of the days
        { Aggregation.Max, "1:10 3:30 3:20", "30" },
        { Aggregation.Max, "1:-5 2:-7", "-5" }, // not 0
        { Aggregation.Max, "", "0" },
        { Aggregation.Max, "0:100 1:10", "10" },
        { Aggregation.Average, "1:10 3:30 3:20", "20" }, // (10 + 30) / 2
        { Aggregation.Average, "4:12", "12" },
        { Aggregation.Average, "1:0 2:5", "2.5" }, // a day with 0 has a reading
        { Aggregation.Average, "", "0" },
        { Aggregation.Last, "1:10 3:30 3:20", "30" }, // of the same day the larger
        { Aggregation.Last, "3:20 1:10 3:30", "30" },
        { Aggregation.Last, "4:0 1:10", "0" },
        { Aggregation.Last, "0:9", "0" },
        { Aggregation.Unique, "1:1:ann 2:1:bob 3:1:ann", "2" },
        { Aggregation.Unique, "1:5:ann 2:0:bob", "2" }, // whatever the quantities
        { Aggregation.Unique, "1:1:ann 2:1:Ann", "2" },
        { Aggregation.Unique, "1:1 2:1:ann", "1" },
        { Aggregation.Unique, "0:1:ann 5:1:bob", "0" },
        { Aggregation.TimeWeighted, "1:10 3:30 3:20", "20" }, // (10 + 10 + 30 + 30) / 4
        { Aggregation.TimeWeighted, "2:8", "6" }, // (0 + 8 + 8 + 8) / 4
        { Aggregation.TimeWeighted, "0:4 3:8", "6" }, // (4 + 4 + 8 + 8) / 4
        { Aggregation.TimeWeighted, "-3:9 0:4 -1:7", "4" }, // the latest before the period
        { Aggregation.TimeWeighted, "1:10 2:0", "2.5" }, // all gone on the second day
        { Aggregation.TimeWeighted, "4:10 5:1000", "2.5" }, // the end is not in the period
        { Aggregation.TimeWeighted, "", "0" },
    };

    [Theory]
    [MemberData(nameof(Readings))]
    public void Of_Readings_IsOneQuantity(Aggregation aggregation, string readings, string expected)
    {
        var read = readings.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Read).ToList();

        Assert.Equal(Number.Of(expected), Aggregations.Of(aggregation, read, FourDays));
        read.Reverse();
        Assert.Equal(Number.Of(expected), Aggregations.Of(aggregation, read, FourDays));
    }

    private static Reading Read(string text)
    {
        var parts = text.Split(':');
        return new Reading(FourDays.Start.AddDays((int)Number.Of(parts[0]) - 1), Number.Of(parts[1]), parts.Length > 2 ? parts[2] : null);
    }
}
