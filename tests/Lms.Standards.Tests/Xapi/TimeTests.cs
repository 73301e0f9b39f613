using Lms.Standards.Xapi;

namespace Lms.Standards.Tests.Xapi;

public sealed class TimeTests
{
    [Theory]
    [InlineData("PT0S", "PT0S")]
    [InlineData("PT16559.14S", "PT4H35M59.14S")]
    [InlineData("P1DT1,5H", "PT25H30M")]
    [InlineData("P4W", "PT672H")]
    [InlineData("P0Y0M2D", "PT48H")]
    [InlineData("PT1.999S", "PT1.99S")]
    public void A_duration_of_known_length_is_read_and_written(string text, string written)
    {
        Assert.True(Iso8601Duration.TryParse(text, out var duration));
        Assert.Equal(written, Iso8601Duration.Format(duration));
    }

    [Theory]
    [InlineData("P3Y1M29DT4H35M59.14S")]
    [InlineData("P3Y")]
    [InlineData("P0.5Y")]
    public void A_duration_in_years_or_months_is_valid_but_has_no_known_length(string text)
    {
        Assert.True(Iso8601Duration.IsValid(text));
        Assert.False(Iso8601Duration.TryParse(text, out _));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P1DT")]
    [InlineData("P4W1D")]
    [InlineData("P1D4W")]
    [InlineData("PT1M1H")]
    [InlineData("PT1.5M1S")]
    [InlineData("PT1.S")]
    [InlineData("PT.5S")]
    [InlineData("PT1")]
    [InlineData("P1H")]
    [InlineData("PT1D")]
    [InlineData("-PT1S")]
    [InlineData("PT-1S")]
    [InlineData("pt1s")]
    [InlineData("P1YT1Y")]
    [InlineData("PTT1S")]
    [InlineData("P0003-06-04T12:30:05")]
    public void What_is_no_duration_is_refused(string text) => Assert.False(Iso8601Duration.IsValid(text));

    [Theory]
    [InlineData("PT1.239S", "PT1.23S")]
    [InlineData("PT1.001S", "PT1S")]
    [InlineData("PT1,5S", "PT1.5S")]
    [InlineData("PT60S", "PT60S")]
    [InlineData("P1.239Y", "P1.239Y")]
    [InlineData("nonsense.S", "nonsense.S")]
    public void Precision_beyond_a_hundredth_of_a_second_does_not_count(string text, string truncated) =>
        Assert.Equal(truncated, Iso8601Duration.Truncate(text));

    [Theory]
    [InlineData("2015-11-18T12:17:00+00:00", "2015-11-18T12:17:00.000Z")]
    [InlineData("2015-11-18T12:17:00.1239999999Z", "2015-11-18T12:17:00.123Z")]
    [InlineData("2015-11-18T00:17:00+05:30", "2015-11-17T18:47:00.000Z")]
    [InlineData("2024-02-29t12:17:00z", "2024-02-29T12:17:00.000Z")]
    [InlineData("2016-12-31T23:59:60Z", "2016-12-31T23:59:59.000Z")]
    public void A_timestamp_is_read_in_any_zone_and_written_in_utc(string text, string written)
    {
        Assert.True(XapiTimestamp.TryParse(text, out var time));
        Assert.Equal(written, XapiTimestamp.Format(time));
    }

    [Theory]
    [InlineData("")]
    [InlineData("2015-11-18")]
    [InlineData("2015-11-18T12:17:00")]
    [InlineData("2015-11-18T12:17:00-00:00")]
    [InlineData("2015-11-18T12:17:00+0000")]
    [InlineData("2015-11-18T12:17:00+24:00")]
    [InlineData("2015-11-18T12:17:00.Z")]
    [InlineData("2015-11-18 12:17:00Z")]
    [InlineData("2015-02-29T12:17:00Z")]
    [InlineData("2015-13-01T12:17:00Z")]
    [InlineData("2015-11-18T24:00:00Z")]
    [InlineData("2015-11-18T12:17:61Z")]
    [InlineData("2015-11-18T12:17:00Z ")]
    [InlineData("+015-11-18T12:17:00Z")]
    [InlineData("0001-01-01T00:00:00+01:00")]
    [InlineData("9999-12-31T23:59:59-01:00")]
    [InlineData("２015-11-18T12:17:00Z")]
    public void What_is_no_rfc_3339_timestamp_is_refused(string text) => Assert.False(XapiTimestamp.TryParse(text, out _));

    [Theory]
    [InlineData("20151118T121700Z", "2015-11-18T12:17:00.000Z")]
    [InlineData("20151118T1217+0530", "2015-11-18T06:47:00.000Z")]
    [InlineData("20151118T121700.5", "2015-11-18T12:17:00.500Z")]
    [InlineData("2015-11-18T12:17:00,25Z", "2015-11-18T12:17:00.250Z")]
    [InlineData("2015-11-18T12:17", "2015-11-18T12:17:00.000Z")]
    [InlineData("2015-11-18T12:17:00-05", "2015-11-18T17:17:00.000Z")]
    public void Version_1_0_allows_the_other_forms_of_ISO_8601_XAPI_00123(string text, string written)
    {
        Assert.False(XapiTimestamp.TryParse(text, out _));
        Assert.True(XapiTimestamp.TryParseIso8601(text, out var time));
        Assert.Equal(written, XapiTimestamp.Format(time));
    }

    [Theory]
    [InlineData("2015-11-18")]
    [InlineData("2015-11-18T12")]
    [InlineData("20151118T12:17:00Z")]
    [InlineData("2015-11-18T121700Z")]
    [InlineData("2015-11-18T12:17:00-00")]
    [InlineData("2015-11-18T12:17:00-0000")]
    [InlineData("2015-11-18T12:17:00Zab")]
    [InlineData("20151118T")]
    [InlineData("01/011/2015")]
    public void What_is_no_date_and_time_of_ISO_8601_is_refused(string text) => Assert.False(XapiTimestamp.TryParseIso8601(text, out _));
}
