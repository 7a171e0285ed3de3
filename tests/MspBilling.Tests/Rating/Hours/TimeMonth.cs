using System.Globalization;
using MspBilling.Core.Agreements;
using MspBilling.Core.Capture;
using MspBilling.Core.Rating;
using MspBilling.Core.Time;
using MspBilling.Tests.Builders;

namespace MspBilling.Tests.Rating;

/// <summary>Time of September 2024 at 100.00 an hour, and bills written as <c>Role 1 time: 8 h x 100 = 800.00</c>.</summary>
internal static class TimeMonth
{
    /// <summary>Monday to Friday 08:00 to 18:00; Thursday 12 and Saturday 14 September are holidays.</summary>
    public static readonly WorkCalendar Calendar = WorkCalendar.Standard with { Holidays = [new Holiday(Days.On("2024-09-12"), "Founders' day"), new Holiday(Days.On("2024-09-14"), "Harvest day")] };

    public static TimeLine Line { get; } = Lines.Time() with { Rates = [new TimeRate(100, Lines.Always)] };

    public static ClientMonth Of(params IReadOnlyList<AgreementLine> lines) => new() { Lines = lines, Settings = Records.Settings with { Calendars = [Calendar] } };

    public static RatedPeriod Rate(ClientMonth month, CarriedState carried, params IReadOnlyList<Activity> activities)
    {
        var directory = month.Directory;
        return Rater.Rate(new RatingCase(month.Client, month.Period, directory.AgreementsOf(month.Client), directory, activities) { Carried = carried });
    }

    public static string Text(RatedPeriod rated) => string.Join("; ", rated.Lines.Select(line => string.Create(
        CultureInfo.InvariantCulture, $"{line.Description}: {line.Quantity:0.####} {line.Unit} x {line.UnitPrice.Amount:0.####} = {line.Amount.Amount}")));

    /// <summary>Shares as <c>1 Billed 2.5</c>, by activity.</summary>
    public static string Shares(RatedPeriod rated) => string.Join("; ", rated.Dispositions.Select(share => string.Create(
        CultureInfo.InvariantCulture, $"{share.Activity.ExternalId} {share.Kind}{(share.Reason is null ? "" : " " + share.Reason.Code)} {share.Quantity.Hours:0.####}")));
}
